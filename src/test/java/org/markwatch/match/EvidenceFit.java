package org.markwatch.match;

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
import org.markwatch.extract.LabelledPage;
import org.markwatch.extract.PageExtractor;
import org.markwatch.match.AcceptanceFeature.Direction;
import org.markwatch.watchlist.EvidenceTable;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;

/**
 * Fits the points of acceptance claims to the labelled pages, and says how well they do on sets that were left out of the
 * fit: run by {@code scripts/bench fit}. With {@code --write} it writes the built-in table.
 *
 * <p>A page with the label acceptance is a case for each labelled brand that it claims; a page with the label mention, logo
 * or none is a case against for each brand that it claims. Other pages are left out, since their labels say nothing of
 * acceptance.
 */
final class EvidenceFit {
    private static final Path TABLE = Path.of("src/main/resources/evidence/acceptance.csv");
    private static final AcceptanceFeature[] FEATURES = AcceptanceFeature.values();
    private static final int CONSTANT = FEATURES.length;
    /** Tenths of the log-odds. */
    private static final double SCALE = 10;
    /** Points that all features of the page can subtract together. */
    private static final double MAX_AGAINST_PAGE = 20;

    private static final double MOST = 9;
    /** Log-odds from which a claim holds: a little below even ones, so that a plain claim with nothing beside it holds. */
    private static final double MARGIN = -0.15;

    /**
     * By hand: it outweighs all that the rest of a page can subtract. Too few
     * innocent pages say 'we accept' to fit it.
     */
    private static final double LEAST_OF_OWN_WORDING = 20;

    /** By hand: so that a plain claim with nothing beside it holds. */
    private static final double LEAST_OF_SURE_WORDING = 4;

    private static final int LEAST_PAGES = 30;
    private static final int LEAST_SETS = 3;

    private EvidenceFit() {}

    private record BrandCase(LabelledPage page, LogisticFit.Case rows) {
        String set() {
            return page.set();
        }
    }

    /** Pages by what became of them. */
    private record Result(int found, int claims, int wrong, int others) {
        Result plus(Result other) {
            return new Result(found + other.found, claims + other.claims, wrong + other.wrong, others + other.others);
        }

        @Override
        public String toString() {
            return String.format(
                    "found on %d of %d pages (%.3f), wrongly on %d of %d others (%.3f)",
                    found, claims, (double) found / claims, wrong, others, (double) wrong / others);
        }
    }

    public static void main(String[] args) throws WatchlistException, IOException {
        Watchlist watchlist = WatchlistReader.read(Path.of("job-config"));
        List<LabelledPage> pages = Stream.of(LabelledPage.all(), LabelledPage.heldOut())
                .flatMap(List::stream)
                .toList();
        List<BrandCase> cases = cases(watchlist, pages);
        Set<AcceptanceFeature> used = supported(cases);
        LogisticFit fit = fit(used);

        double[] now = weights(watchlist.evidence().acceptance());
        System.out.println("points as they are:           " + result(fit, pages, cases, now, 0));
        Map<String, Result> bySet = new TreeMap<>();
        Result unseen = new Result(0, 0, 0, 0);
        for (String set : cases.stream().map(BrandCase::set).collect(Collectors.toCollection(TreeSet::new))) {
            List<BrandCase> left =
                    cases.stream().filter(one -> one.set().equals(set)).toList();
            double[] weights = fit.fit(cases.stream()
                    .filter(one -> !one.set().equals(set))
                    .map(BrandCase::rows)
                    .toList());
            List<LabelledPage> ofSet =
                    pages.stream().filter(page -> page.set().equals(set)).toList();
            Result result = result(fit, ofSet, left, weights, MARGIN);
            bySet.put(set, result);
            unseen = unseen.plus(result);
        }
        System.out.println("each set by the other sets:   " + unseen);
        double[] fitted = fit.fit(cases.stream().map(BrandCase::rows).toList());
        System.out.println("fitted to all:                " + result(fit, pages, cases, fitted, MARGIN));
        System.out.println();
        bySet.forEach((set, result) -> System.out.printf("%-12s %s%n", set, result));
        System.out.println();
        print(watchlist.evidence().acceptance(), fitted, cases);
        if (Arrays.asList(args).contains("--write")) {
            write(watchlist.evidence().acceptance(), fitted, cases);
        }
    }

    private static List<BrandCase> cases(Watchlist watchlist, List<LabelledPage> pages) {
        Matcher matcher = Matcher.compile(watchlist, Watchlists.TODAY);
        List<BrandCase> cases = new ArrayList<>();
        for (LabelledPage page : pages) {
            boolean accepts = page.label().equals("acceptance");
            if (!accepts && !Set.of("mention", "logo", "none").contains(page.label())) {
                continue;
            }
            Map<String, List<double[]>> byBrand = new TreeMap<>();
            matcher.claims(new PageExtractor().extract(page.capture()).text())
                    .forEach((brand, rows) -> byBrand.put(
                            brand, rows.stream().map(EvidenceFit::row).toList()));
            byBrand.keySet().removeIf(brand -> accepts && !page.brands().contains(brand));
            double weight = 1 / Math.sqrt(Math.max(1, byBrand.size()));
            byBrand.values()
                    .forEach(rows -> cases.add(
                            new BrandCase(page, new LogisticFit.Case(rows.toArray(double[][]::new), accepts, weight))));
        }
        return cases;
    }

    private static double[] row(Map<AcceptanceFeature, Double> features) {
        double[] row = new double[CONSTANT + 1];
        features.forEach((feature, value) -> row[feature.ordinal()] = value);
        row[CONSTANT] = 1;
        return row;
    }

    /** Features that enough pages of enough sets have; the others get no points. */
    private static Set<AcceptanceFeature> supported(List<BrandCase> cases) {
        Set<AcceptanceFeature> supported = new HashSet<>();
        for (AcceptanceFeature feature : FEATURES) {
            if (pages(feature, cases) >= LEAST_PAGES && sets(feature, cases) >= LEAST_SETS) {
                supported.add(feature);
            }
        }
        return supported;
    }

    private static long pages(AcceptanceFeature feature, List<BrandCase> cases) {
        return cases.stream()
                .filter(one -> has(one, feature))
                .map(BrandCase::page)
                .distinct()
                .count();
    }

    private static long sets(AcceptanceFeature feature, List<BrandCase> cases) {
        return cases.stream()
                .filter(one -> has(one, feature))
                .map(BrandCase::set)
                .distinct()
                .count();
    }

    private static boolean has(BrandCase one, AcceptanceFeature feature) {
        return Arrays.stream(one.rows().rows()).anyMatch(row -> row[feature.ordinal()] != 0);
    }

    private static LogisticFit fit(Set<AcceptanceFeature> used) {
        double[] lower = new double[CONSTANT + 1];
        double[] upper = new double[CONSTANT + 1];
        boolean[] limited = new boolean[CONSTANT + 1];
        for (AcceptanceFeature feature : FEATURES) {
            int i = feature.ordinal();
            Direction direction = feature.direction();
            lower[i] = !used.contains(feature) || direction == Direction.FOR ? 0 : -MOST;
            if (feature == AcceptanceFeature.OWN_WORDING) {
                lower[i] = LEAST_OF_OWN_WORDING / SCALE;
            } else if (feature == AcceptanceFeature.SURE_WORDING) {
                lower[i] = LEAST_OF_SURE_WORDING / SCALE;
            }
            upper[i] =
                    used.contains(feature) && (direction == Direction.FOR || direction == Direction.EITHER) ? MOST : 0;
            limited[i] = direction == Direction.AGAINST_PAGE;
        }
        lower[CONSTANT] = -MOST;
        upper[CONSTANT] = MOST;
        return new LogisticFit(lower, upper, limited, -MAX_AGAINST_PAGE / SCALE);
    }

    private static double[] weights(EvidenceTable table) {
        double[] weights = new double[CONSTANT + 1];
        for (AcceptanceFeature feature : FEATURES) {
            weights[feature.ordinal()] = table.feature(feature.id()).points() / SCALE;
        }
        weights[CONSTANT] = -table.needed() / SCALE;
        return weights;
    }

    private static Result result(
            LogisticFit fit, List<LabelledPage> pages, List<BrandCase> cases, double[] weights, double margin) {
        Set<LabelledPage> taken = cases.stream()
                .filter(one -> fit.score(one.rows().rows(), weights) >= margin)
                .map(BrandCase::page)
                .collect(Collectors.toSet());
        int claims = 0;
        int found = 0;
        int others = 0;
        int wrong = 0;
        for (LabelledPage page : pages) {
            switch (page.label()) {
                case "acceptance" -> {
                    claims++;
                    found += taken.contains(page) ? 1 : 0;
                }
                case "mention", "logo", "none" -> {
                    others++;
                    wrong += taken.contains(page) ? 1 : 0;
                }
                default -> {}
            }
        }
        return new Result(found, claims, wrong, others);
    }

    private static int points(double weight) {
        return (int) Math.round(SCALE * weight);
    }

    private static int needed(double[] fitted) {
        return Math.max(0, points(MARGIN - fitted[CONSTANT]));
    }

    private static void print(EvidenceTable table, double[] fitted, List<BrandCase> cases) {
        System.out.printf("%-24s %6s %6s %6s %6s%n", "", "is", "fitted", "pages", "sets");
        for (AcceptanceFeature feature : FEATURES) {
            System.out.printf(
                    "%-24s %6d %6d %6d %6d%n",
                    feature.id(),
                    table.feature(feature.id()).points(),
                    points(fitted[feature.ordinal()]),
                    pages(feature, cases),
                    sets(feature, cases));
        }
        System.out.printf("%-24s %6d %6d%n", "needed", table.needed(), needed(fitted));
    }

    private static void write(EvidenceTable table, double[] fitted, List<BrandCase> cases) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("feature,points,pages,sets,sentence");
        lines.add("needed," + needed(fitted) + ",,,");
        lines.add("max-against-page," + (int) MAX_AGAINST_PAGE + ",,,");
        for (AcceptanceFeature feature : FEATURES) {
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
