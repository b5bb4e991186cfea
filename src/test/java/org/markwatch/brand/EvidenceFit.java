package org.markwatch.brand;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.markwatch.brand.UseFeature.Direction;
import org.markwatch.extract.LabelledPage;
import org.markwatch.extract.PageExtractor;
import org.markwatch.match.Matcher;
import org.markwatch.match.Watchlists;
import org.markwatch.watchlist.EvidenceTable;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;

/**
 * Fits the points of acceptance and of logos to the labelled pages, and says how well they do on sets of authors that were left
 * out of the fit: run by {@code scripts/bench fit}. With {@code --write} it writes the built-in tables, with {@code --new} it
 * fits only features that have no points yet, with {@code --errors} it lists the pages that the points of the other sets get
 * wrong.
 *
 * <p>A page with a label of the use is a case for each labelled brand that has candidates; a page with the label mention or
 * none, or logo for acceptance, is a case against for each brand that has some. Other pages are left out, since their labels
 * say nothing of the use.
 */
final class EvidenceFit {
    private static final UseFeature[] FEATURES = UseFeature.values();
    private static final int CONSTANT = FEATURES.length;
    /** Tenths of the log-odds. */
    private static final double SCALE = 10;

    private static final double MOST = 9;
    private static final int LEAST_PAGES = 30;
    private static final int LEAST_SETS = 3;

    /**
     * Features whose points the sets in view would set too high: words that were pruned with those sets in view, and headlines, of
     * which an owner can add one.
     */
    private static final Set<UseFeature> BY_HAND = EnumSet.of(
            UseFeature.MADE_UP,
            UseFeature.ENDED,
            UseFeature.REPORTED,
            UseFeature.AT_WORK,
            UseFeature.GUIDE,
            UseFeature.BRAND_IN_HEADLINE,
            UseFeature.HEADINGS_SPEAK_OF_CARDS);

    private static final Set<UseFeature> OF_MARKS = EnumSet.of(
            UseFeature.MARK,
            UseFeature.MARK_MAIN_NAME,
            UseFeature.MARK_ABBREVIATION,
            UseFeature.MARK_OF_PAYING,
            UseFeature.NOT_OFFERED,
            UseFeature.BESIDE_A_MARK,
            UseFeature.BESIDE_MARKS,
            UseFeature.BESIDE_OTHER_MARK,
            UseFeature.PAYMENT_BOX,
            UseFeature.ICON_CLASS,
            UseFeature.CAPTION,
            UseFeature.LABELLED_OTHERWISE,
            UseFeature.CART,
            UseFeature.PRICE_TAG);

    private EvidenceFit() {}

    /**
     * What is fitted.
     *
     * @param file           of the built-in table
     * @param positive       labels of pages that have the use
     * @param negative       labels of pages that do not
     * @param features       features that may have points
     * @param margin         log-odds from which a use holds
     * @param limits   limits by id
     * @param least    least points by hand, of features that too few pages could fit; for a feature that speaks against, the
     *                 most, since its points are below 0
     * @param most     most points by hand of features that speak for a use
     */
    private record Use(
            String file,
            Set<String> positive,
            Set<String> negative,
            Set<UseFeature> features,
            double margin,
            Map<String, Integer> limits,
            Map<UseFeature, Integer> least,
            Map<UseFeature, Integer> most) {
        static final Use ACCEPTANCE = new Use(
                "acceptance.csv",
                Set.of("acceptance"),
                Set.of("mention", "logo", "none"),
                EnumSet.allOf(UseFeature.class),
                0,
                Map.of("max-said", 40, "max-against-page", 50, "max-against-own-wording", 14),
                // own wording outweighs what the rest of a page can subtract, and plain wording holds with nothing
                // beside it
                Map.of(
                        UseFeature.OWN_WORDING, 40,
                        UseFeature.SURE_WORDING, 33,
                        UseFeature.VAGUE_WORDING, 30,
                        UseFeature.MARK_OF_PAYING, 11,
                        UseFeature.ASKED, -19),
                // a row of names or marks that nothing else speaks for is no claim
                Map.of(UseFeature.ROW_OF_NAMES, 5, UseFeature.ONLY_NAMES, 6, UseFeature.BESIDE_OTHER_MARK, 10));
        static final Use LOGO = new Use(
                "logo.csv",
                Set.of("acceptance", "logo"),
                Set.of("mention", "none"),
                OF_MARKS,
                0,
                Map.of("max-against-page", 40),
                Map.of(),
                Map.of());

        boolean takes(UseCandidate candidate) {
            return this == ACCEPTANCE || candidate.mark() != null;
        }
    }

    private record BrandCase(LabelledPage page, String brand, List<UseCandidate> candidates, LogisticFit.Case rows) {
        String set() {
            return page.set();
        }

        String author() {
            return page.author();
        }
    }

    /** Pages by what became of them. */
    private record Result(int found, int uses, int wrong, int others) {
        Result plus(Result other) {
            return new Result(found + other.found, uses + other.uses, wrong + other.wrong, others + other.others);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "found on %d of %d pages (%.3f), wrongly on %d of %d others (%.3f)",
                    found,
                    uses,
                    (double) found / uses,
                    wrong,
                    others,
                    (double) wrong / others);
        }
    }

    public static void main(String[] args) throws WatchlistException, IOException {
        List<String> options = Arrays.asList(args);
        Watchlist watchlist = WatchlistReader.read(Path.of("job-config"));
        List<LabelledPage> pages = Stream.of(LabelledPage.all(), LabelledPage.heldOut())
                .flatMap(List::stream)
                .toList();
        Matcher matcher = Matcher.compile(watchlist, Watchlists.TODAY);
        Map<LabelledPage, Map<String, List<UseCandidate>>> candidates = new HashMap<>();
        for (LabelledPage page : pages) {
            candidates.put(
                    page,
                    matcher.candidates(
                            new PageExtractor().extract(page.capture()).text()));
        }
        for (Use use : List.of(Use.ACCEPTANCE, Use.LOGO)) {
            EvidenceTable table = use == Use.ACCEPTANCE
                    ? watchlist.evidence().acceptance()
                    : watchlist.evidence().logo();
            fit(use, pages, cases(use, pages, candidates), table, options);
        }
    }

    private static void fit(
            Use use, List<LabelledPage> pages, List<BrandCase> cases, EvidenceTable table, List<String> options)
            throws IOException {
        LogisticFit fit = fit(use, cases, table, options.contains("--new"));
        System.out.println(use.file);
        System.out.println(
                "points as they are:           " + result(use, pages, scores(fit, cases, weights(table)), 0));
        Map<String, Result> byAuthor = new TreeMap<>();
        Map<LabelledPage, Double> unseen = new HashMap<>();
        for (String author : cases.stream().map(BrandCase::author).collect(Collectors.toCollection(TreeSet::new))) {
            double[] weights = fit.fit(cases.stream()
                    .filter(one -> !one.author().equals(author))
                    .map(BrandCase::rows)
                    .toList());
            List<BrandCase> left =
                    cases.stream().filter(one -> one.author().equals(author)).toList();
            Map<LabelledPage, Double> scores = scores(fit, left, weights);
            unseen.putAll(scores);
            List<LabelledPage> ofAuthor =
                    pages.stream().filter(page -> page.author().equals(author)).toList();
            byAuthor.put(author, result(use, ofAuthor, scores, use.margin));
            if (options.contains("--errors")) {
                errors(use, ofAuthor, scores, fit, left, weights);
            }
        }
        System.out.println("each author by the others:    " + result(use, pages, unseen, use.margin));
        for (int points = -4; points <= 6; points += 2) {
            System.out.printf(
                    "  with %+d points needed:       %s%n",
                    points, result(use, pages, unseen, use.margin + points / SCALE));
        }
        double[] fitted = fit.fit(cases.stream().map(BrandCase::rows).toList());
        System.out.println(
                "fitted to all:                " + result(use, pages, scores(fit, cases, fitted), use.margin));
        System.out.println();
        byAuthor.forEach((author, result) -> System.out.printf("%-12s %s%n", author, result));
        System.out.println();
        print(use, table, fitted, cases);
        if (options.contains("--write")) {
            write(use, table, fitted, cases);
        }
    }

    private static List<BrandCase> cases(
            Use use, List<LabelledPage> pages, Map<LabelledPage, Map<String, List<UseCandidate>>> candidates) {
        List<BrandCase> cases = new ArrayList<>();
        for (LabelledPage page : pages) {
            boolean positive = use.positive.contains(page.label());
            if (!positive && !use.negative.contains(page.label())) {
                continue;
            }
            Map<String, List<UseCandidate>> byBrand = new TreeMap<>();
            candidates.getOrDefault(page, Map.of()).forEach((brand, all) -> {
                List<UseCandidate> taken = all.stream().filter(use::takes).toList();
                if (!taken.isEmpty() && (!positive || page.brands().contains(brand))) {
                    byBrand.put(brand, taken);
                }
            });
            double weight = 1 / Math.sqrt(Math.max(1, byBrand.size()));
            byBrand.forEach((brand, all) -> cases.add(new BrandCase(
                    page,
                    brand,
                    all,
                    new LogisticFit.Case(
                            all.stream().map(EvidenceFit::row).toArray(double[][]::new), positive, weight))));
        }
        return cases;
    }

    private static double[] row(UseCandidate candidate) {
        double[] row = new double[CONSTANT + 1];
        for (UseFeature feature : FEATURES) {
            row[feature.ordinal()] = candidate.features().get(feature);
        }
        row[CONSTANT] = 1;
        return row;
    }

    private static long pages(UseFeature feature, List<BrandCase> cases) {
        return cases.stream()
                .filter(one -> has(one, feature))
                .map(BrandCase::page)
                .distinct()
                .count();
    }

    private static long sets(UseFeature feature, List<BrandCase> cases) {
        return cases.stream()
                .filter(one -> has(one, feature))
                .map(BrandCase::set)
                .distinct()
                .count();
    }

    private static boolean has(BrandCase one, UseFeature feature) {
        return one.candidates().stream()
                .anyMatch(candidate -> candidate.features().has(feature));
    }

    /** Features that enough pages of enough sets have; the others get no points. */
    private static boolean isUsed(Use use, UseFeature feature, List<BrandCase> cases) {
        return use.features.contains(feature)
                && pages(feature, cases) >= LEAST_PAGES
                && sets(feature, cases) >= LEAST_SETS;
    }

    private static LogisticFit fit(Use use, List<BrandCase> cases, EvidenceTable table, boolean onlyNew) {
        double[] lower = new double[CONSTANT + 1];
        double[] upper = new double[CONSTANT + 1];
        for (UseFeature feature : FEATURES) {
            int i = feature.ordinal();
            if (isUsed(use, feature, cases)) {
                boolean speaksFor = feature.direction() == Direction.FOR || feature.direction() == Direction.SAID;
                double least = use.least.getOrDefault(feature, 0) / SCALE;
                lower[i] = speaksFor ? least : -MOST;
                upper[i] = speaksFor || feature.direction() == Direction.EITHER ? most(use, feature) : least;
            }
            EvidenceTable.Feature of = table.features().get(feature.id());
            boolean byHand = BY_HAND.contains(feature);
            if ((onlyNew || byHand) && of != null && of.points() != 0) {
                lower[i] = of.points() / SCALE;
                upper[i] = lower[i];
            }
        }
        lower[CONSTANT] = -MOST;
        upper[CONSTANT] = MOST;
        return new LogisticFit(lower, upper, limits(use));
    }

    private static double most(Use use, UseFeature feature) {
        Integer most = use.most.get(feature);
        return most == null ? MOST : most / SCALE;
    }

    private static List<LogisticFit.Limit> limits(Use use) {
        int least = -use.limits.getOrDefault("max-against-page", 0);
        double[] raise = new double[CONSTANT + 1];
        raise[UseFeature.OWN_WORDING.ordinal()] =
                (-use.limits.getOrDefault("max-against-own-wording", -least) - least) / SCALE;
        return List.of(
                LogisticFit.Limit.of(columns(Direction.SAID), -MOST, use.limits.getOrDefault("max-said", 0) / SCALE),
                new LogisticFit.Limit(columns(Direction.AGAINST_PAGE), least / SCALE, MOST, raise));
    }

    private static boolean[] columns(Direction direction) {
        boolean[] columns = new boolean[CONSTANT + 1];
        for (UseFeature feature : FEATURES) {
            columns[feature.ordinal()] = feature.direction() == direction;
        }
        return columns;
    }

    private static double[] weights(EvidenceTable table) {
        double[] weights = new double[CONSTANT + 1];
        for (UseFeature feature : FEATURES) {
            EvidenceTable.Feature of = table.features().get(feature.id());
            weights[feature.ordinal()] = of == null ? 0 : of.points() / SCALE;
        }
        weights[CONSTANT] = -table.needed() / SCALE;
        return weights;
    }

    /** Returns the score of the strongest candidate of each page. */
    private static Map<LabelledPage, Double> scores(LogisticFit fit, List<BrandCase> cases, double[] weights) {
        Map<LabelledPage, Double> scores = new HashMap<>();
        cases.forEach(one -> scores.merge(one.page(), fit.score(one.rows().rows(), weights), Math::max));
        return scores;
    }

    private static Result result(Use use, List<LabelledPage> pages, Map<LabelledPage, Double> scores, double margin) {
        int uses = 0;
        int found = 0;
        int others = 0;
        int wrong = 0;
        for (LabelledPage page : pages) {
            boolean held = scores.getOrDefault(page, Double.NEGATIVE_INFINITY) >= margin;
            if (use.positive.contains(page.label())) {
                uses++;
                found += held ? 1 : 0;
            } else if (use.negative.contains(page.label())) {
                others++;
                wrong += held ? 1 : 0;
            }
        }
        return new Result(found, uses, wrong, others);
    }

    private static void errors(
            Use use,
            List<LabelledPage> pages,
            Map<LabelledPage, Double> scores,
            LogisticFit fit,
            List<BrandCase> cases,
            double[] weights) {
        for (LabelledPage page : pages) {
            boolean positive = use.positive.contains(page.label());
            boolean held = scores.getOrDefault(page, Double.NEGATIVE_INFINITY) >= use.margin;
            if (held == positive || !positive && !use.negative.contains(page.label())) {
                continue;
            }
            System.out.printf(
                    Locale.ROOT, "%s %s %s %s", positive ? "MISS " : "WRONG", page.file(), page.label(), page.brands());
            cases.stream()
                    .filter(one -> one.page().equals(page))
                    .flatMap(one -> one.candidates().stream())
                    .max((a, b) -> Double.compare(fit.score(row(a), weights), fit.score(row(b), weights)))
                    .ifPresent(best -> System.out.print(described(best, fit, weights)));
            System.out.println();
        }
    }

    private static String described(UseCandidate candidate, LogisticFit fit, double[] weights) {
        String text = candidate.passage().text();
        StringBuilder described = new StringBuilder(String.format(
                Locale.ROOT,
                " %.1f '%s[%s]%s'",
                fit.score(row(candidate), weights),
                text.substring(Math.max(0, candidate.start() - 60), candidate.start()),
                text.substring(candidate.start(), candidate.end()),
                text.substring(candidate.end(), Math.min(text.length(), candidate.end() + 40))));
        for (UseFeature feature : FEATURES) {
            if (candidate.features().has(feature)) {
                described.append(String.format(
                        Locale.ROOT,
                        " %s%+.0f",
                        feature.id(),
                        SCALE
                                * weights[feature.ordinal()]
                                * candidate.features().get(feature)));
            }
        }
        return described.toString();
    }

    private static int points(double weight) {
        return (int) Math.round(SCALE * weight);
    }

    private static int needed(Use use, double[] fitted) {
        return Math.max(0, points(use.margin - fitted[CONSTANT]));
    }

    private static void print(Use use, EvidenceTable table, double[] fitted, List<BrandCase> cases) {
        System.out.printf("%-24s %6s %6s %6s %6s%n", "", "is", "fitted", "pages", "sets");
        for (UseFeature feature : use.features) {
            EvidenceTable.Feature of = table.features().get(feature.id());
            System.out.printf(
                    "%-24s %6d %6d %6d %6d%n",
                    feature.id(),
                    of == null ? 0 : of.points(),
                    points(fitted[feature.ordinal()]),
                    pages(feature, cases),
                    sets(feature, cases));
        }
        System.out.printf("%-24s %6d %6d%n", "needed", table.needed(), needed(use, fitted));
    }

    private static void write(Use use, EvidenceTable table, double[] fitted, List<BrandCase> cases) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("feature,points,pages,sets,sentence");
        lines.add("needed," + needed(use, fitted) + ",,,");
        use.limits.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByKey().reversed())
                .forEach(limit -> lines.add(limit.getKey() + "," + limit.getValue() + ",,,"));
        for (UseFeature feature : use.features) {
            EvidenceTable.Feature of = table.features().get(feature.id());
            lines.add(String.join(
                    ",",
                    feature.id(),
                    String.valueOf(points(fitted[feature.ordinal()])),
                    String.valueOf(pages(feature, cases)),
                    String.valueOf(sets(feature, cases)),
                    '"' + (of == null ? "" : of.sentence()) + '"'));
        }
        Path file = Path.of("src/main/resources/evidence").resolve(use.file);
        Files.write(file, lines);
        System.out.println("wrote " + file);
    }
}
