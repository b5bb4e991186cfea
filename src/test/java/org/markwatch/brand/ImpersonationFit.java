package org.markwatch.brand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.markwatch.brand.ImpersonationFeature.Direction;
import org.markwatch.extract.LabelledPage;
import org.markwatch.extract.PageExtractor;
import org.markwatch.match.Matcher;
import org.markwatch.match.Watchlists;
import org.markwatch.watchlist.EvidenceTable;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;

/**
 * Fits the points of impersonation to the labelled pages, and says how well they do on sets that were left out of the fit:
 * run by {@code scripts/bench fit}. With {@code --write} it writes the built-in table.
 *
 * <p>A page with the label impersonation is a case for each labelled brand; any other page is a case against for each brand
 * that it names or shows.
 */
final class ImpersonationFit {
    private static final Path TABLE = Path.of("src/main/resources/evidence/impersonation.csv");
    private static final ImpersonationFeature[] FEATURES = ImpersonationFeature.values();
    private static final int CONSTANT = FEATURES.length;
    /** Tenths of the log-odds. */
    private static final double SCALE = 10;
    /** Points that all features of the rest of the page can subtract together. */
    private static final double MAX_AGAINST_PAGE = 30;
    /** Points that features of the brand must give. */
    private static final double NEEDED_OF_BRAND = 3;

    /** By hand: log-odds from which a page impersonates. A missed impersonation costs more than a page to review. */
    private static final double MARGIN = -0.7;

    private static final double MOST = 9;
    private static final int LEAST_PAGES = 30;
    private static final int LEAST_SETS = 3;

    private ImpersonationFit() {}

    private record BrandCase(LabelledPage page, String brand, LogisticFit.Case rows) {
        String set() {
            return page.set();
        }

        String author() {
            return page.author();
        }

        boolean has(ImpersonationFeature feature) {
            return rows.rows()[0][feature.ordinal()] != 0;
        }
    }

    /** Labelled brands found of all, and other pages that are taken for one. */
    private record Result(long found, long all, long wrong, long others) {
        Result plus(Result other) {
            return new Result(found + other.found, all + other.all, wrong + other.wrong, others + other.others);
        }

        @Override
        public String toString() {
            return String.format(
                    "found %d of %d (%.3f), wrongly on %d of %d pages (%.3f)",
                    found, all, (double) found / all, wrong, others, (double) wrong / others);
        }
    }

    public static void main(String[] args) throws WatchlistException, IOException {
        Watchlist watchlist = WatchlistReader.read(Path.of("job-config"));
        List<LabelledPage> pages = Stream.of(LabelledPage.all(), LabelledPage.heldOut())
                .flatMap(List::stream)
                .toList();
        List<BrandCase> cases = cases(watchlist, pages);
        LogisticFit fit = fit(supported(cases));
        EvidenceTable table = watchlist.evidence().impersonation();

        System.out.println("points as they are:          "
                + result(fit, pages, cases, weights(table), 0, table.neededOfBrand() / SCALE));
        Map<String, Result> byAuthor = new TreeMap<>();
        Result unseen = new Result(0, 0, 0, 0);
        for (String author : pages.stream().map(LabelledPage::author).collect(Collectors.toCollection(TreeSet::new))) {
            double[] weights = fit.fit(cases.stream()
                    .filter(one -> !one.author().equals(author))
                    .map(BrandCase::rows)
                    .toList());
            Result result = result(
                    fit,
                    pages.stream().filter(page -> page.author().equals(author)).toList(),
                    cases.stream().filter(one -> one.author().equals(author)).toList(),
                    weights,
                    MARGIN,
                    NEEDED_OF_BRAND / SCALE);
            byAuthor.put(author, result);
            unseen = unseen.plus(result);
        }
        System.out.println("each author by the others:   " + unseen);
        double[] fitted = fit.fit(cases.stream().map(BrandCase::rows).toList());
        System.out.println(
                "fitted to all:               " + result(fit, pages, cases, fitted, MARGIN, NEEDED_OF_BRAND / SCALE));
        System.out.println();
        byAuthor.forEach((author, result) -> System.out.printf("%-12s %s%n", author, result));
        System.out.println();
        print(table, fitted, cases);
        if (Arrays.asList(args).contains("--write")) {
            write(table, fitted, cases);
        }
    }

    private static List<BrandCase> cases(Watchlist watchlist, List<LabelledPage> pages) {
        Matcher matcher = Matcher.compile(watchlist, Watchlists.TODAY);
        List<BrandCase> cases = new ArrayList<>();
        for (LabelledPage page : pages) {
            boolean impersonates = page.label().equals("impersonation");
            List<WeighedImpersonation> weighed =
                    matcher
                            .impersonations(
                                    new PageExtractor().extract(page.capture()).text())
                            .stream()
                            // what else an impersonation shows proves nothing
                            .filter(one -> !impersonates
                                    || page.brands().contains(one.evidence().brand()))
                            .toList();
            for (WeighedImpersonation one : weighed) {
                double[][] rows = {row(one.values())};
                cases.add(new BrandCase(page, one.evidence().brand(), new LogisticFit.Case(rows, impersonates, 1)));
            }
        }
        return cases;
    }

    private static double[] row(Map<ImpersonationFeature, Double> features) {
        double[] row = new double[CONSTANT + 1];
        features.forEach((feature, value) -> row[feature.ordinal()] = value);
        row[CONSTANT] = 1;
        return row;
    }

    /** Features that enough pages of enough sets have; the others get no points. */
    private static Set<ImpersonationFeature> supported(List<BrandCase> cases) {
        Set<ImpersonationFeature> supported = new HashSet<>();
        for (ImpersonationFeature feature : FEATURES) {
            if (pages(feature, cases) >= LEAST_PAGES && sets(feature, cases) >= LEAST_SETS) {
                supported.add(feature);
            }
        }
        return supported;
    }

    private static long pages(ImpersonationFeature feature, List<BrandCase> cases) {
        return cases.stream()
                .filter(one -> one.has(feature))
                .map(BrandCase::page)
                .distinct()
                .count();
    }

    private static long sets(ImpersonationFeature feature, List<BrandCase> cases) {
        return cases.stream()
                .filter(one -> one.has(feature))
                .map(BrandCase::set)
                .distinct()
                .count();
    }

    private static LogisticFit fit(Set<ImpersonationFeature> used) {
        double[] lower = new double[CONSTANT + 1];
        double[] upper = new double[CONSTANT + 1];
        boolean[] limited = new boolean[CONSTANT + 1];
        for (ImpersonationFeature feature : FEATURES) {
            int i = feature.ordinal();
            boolean speaksFor = feature.direction() == Direction.FOR || feature.direction() == Direction.FOR_BRAND;
            lower[i] = used.contains(feature) && !speaksFor ? -MOST : 0;
            upper[i] = used.contains(feature) && speaksFor ? MOST : 0;
            limited[i] = feature.direction() == Direction.AGAINST_PAGE;
        }
        lower[CONSTANT] = -MOST;
        upper[CONSTANT] = MOST;
        return new LogisticFit(lower, upper, List.of(LogisticFit.Limit.of(limited, -MAX_AGAINST_PAGE / SCALE, 0)));
    }

    private static double[] weights(EvidenceTable table) {
        double[] weights = new double[CONSTANT + 1];
        for (ImpersonationFeature feature : FEATURES) {
            weights[feature.ordinal()] = table.feature(feature.id()).points() / SCALE;
        }
        weights[CONSTANT] = -table.needed() / SCALE;
        return weights;
    }

    private static boolean isFound(
            LogisticFit fit, BrandCase one, double[] weights, double margin, double neededOfBrand) {
        double[] row = one.rows().rows()[0];
        double ofBrand = 0;
        for (ImpersonationFeature feature : FEATURES) {
            if (feature.direction() == Direction.FOR_BRAND) {
                ofBrand += row[feature.ordinal()] * weights[feature.ordinal()];
            }
        }
        return fit.score(row, weights) >= margin && ofBrand >= neededOfBrand;
    }

    private static Result result(
            LogisticFit fit,
            List<LabelledPage> pages,
            List<BrandCase> cases,
            double[] weights,
            double margin,
            double neededOfBrand) {
        List<BrandCase> taken = cases.stream()
                .filter(one -> isFound(fit, one, weights, margin, neededOfBrand))
                .toList();
        List<LabelledPage> impersonations = pages.stream()
                .filter(page -> page.label().equals("impersonation"))
                .toList();
        return new Result(
                taken.stream().filter(one -> one.rows().positive()).count(),
                impersonations.stream().mapToInt(page -> page.brands().size()).sum(),
                taken.stream()
                        .filter(one -> !one.rows().positive())
                        .map(BrandCase::page)
                        .distinct()
                        .count(),
                pages.size() - impersonations.size());
    }

    private static int points(double weight) {
        return (int) Math.round(SCALE * weight);
    }

    private static void print(EvidenceTable table, double[] fitted, List<BrandCase> cases) {
        System.out.printf("%-24s %6s %6s %6s %6s %6s%n", "", "is", "fitted", "pages", "sets", "for");
        for (ImpersonationFeature feature : FEATURES) {
            System.out.printf(
                    "%-24s %6d %6d %6d %6d %6d%n",
                    feature.id(),
                    table.feature(feature.id()).points(),
                    points(fitted[feature.ordinal()]),
                    pages(feature, cases),
                    sets(feature, cases),
                    cases.stream()
                            .filter(one -> one.rows().positive() && one.has(feature))
                            .count());
        }
        System.out.printf("%-24s %6d %6d%n", "needed", table.needed(), points(MARGIN - fitted[CONSTANT]));
    }

    private static void write(EvidenceTable table, double[] fitted, List<BrandCase> cases) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("feature,points,pages,sets,sentence");
        lines.add("needed," + points(MARGIN - fitted[CONSTANT]) + ",,,");
        lines.add("needed-of-brand," + (int) NEEDED_OF_BRAND + ",,,");
        lines.add("max-against-page," + (int) MAX_AGAINST_PAGE + ",,,");
        for (ImpersonationFeature feature : FEATURES) {
            lines.add(String.join(
                    ",",
                    feature.id(),
                    String.valueOf(points(fitted[feature.ordinal()])),
                    String.valueOf(pages(feature, cases)),
                    String.valueOf(sets(feature, cases)),
                    '"' + table.feature(feature.id()).sentence() + '"'));
        }
        Files.write(TABLE, lines);
        System.out.println("wrote " + TABLE);
    }
}
