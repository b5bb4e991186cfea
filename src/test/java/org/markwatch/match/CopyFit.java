package org.markwatch.match;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.markwatch.extract.LabelledPage;
import org.markwatch.extract.PageExtractor;
import org.markwatch.watchlist.Watchlist;
import org.markwatch.watchlist.WatchlistException;
import org.markwatch.watchlist.WatchlistReader;

/**
 * Fits the points of {@link CopySign} to the labelled pages, and says how well they do on sets that were left out of the
 * fit: run by {@code scripts/bench fit}.
 *
 * <p>Logistic regression with a ridge penalty, by iteratively reweighted least squares (Hastie, Tibshirani and Friedman,
 * The Elements of Statistical Learning, 2nd edition, 4.4.1). A sign whose points come out with the other sign than now
 * is left out.
 */
final class CopyFit {
    private static final int ROUNDS = 30;
    private static final double PENALTY = 1;
    /** The last column is 1 for every page: what speaks for a copy before any sign. */
    private static final int CONSTANT = CopySign.values().length;

    private CopyFit() {}

    /** What a page has of one brand. */
    private record Case(LabelledPage page, Copy copy, boolean isCopy) {
        double[] row() {
            double[] row = new double[CONSTANT + 1];
            copy.signs().forEach(sign -> row[sign.ordinal()] = 1);
            row[CONSTANT] = 1;
            return row;
        }

        double[] ofBrand() {
            double[] row = new double[CONSTANT + 1];
            copy.signs().stream().filter(CopySign::isOfBrand).forEach(sign -> row[sign.ordinal()] = 1);
            return row;
        }
    }

    /** Copies found of all, and other pages taken for one. */
    private record Result(long found, long copies, long wrong) {
        static Result of(List<Case> cases, double[] weights, double enough, double enoughOfBrand) {
            List<Case> taken = cases.stream()
                    .filter(one -> sum(one.row(), weights) >= enough && sum(one.ofBrand(), weights) >= enoughOfBrand)
                    .toList();
            return new Result(
                    taken.stream().filter(Case::isCopy).count(),
                    cases.stream().filter(Case::isCopy).count(),
                    taken.stream()
                            .filter(one -> !one.isCopy())
                            .map(Case::page)
                            .distinct()
                            .count());
        }

        Result plus(Result other) {
            return new Result(found + other.found, copies + other.copies, wrong + other.wrong);
        }

        @Override
        public String toString() {
            return found + " of " + copies + " copies found, " + wrong + " other pages taken for one";
        }
    }

    public static void main(String[] args) throws WatchlistException {
        Watchlist watchlist = WatchlistReader.read(Path.of("job-config"));
        Matcher matcher = Matcher.compile(watchlist, Watchlists.TODAY);
        List<LabelledPage> pages = Stream.of(LabelledPage.all(), LabelledPage.heldOut())
                .flatMap(List::stream)
                .toList();
        List<Case> cases =
                pages.stream().flatMap(page -> cases(matcher, page).stream()).toList();
        System.out.printf("%d labelled pages, with %d brands on them%n", pages.size(), cases.size());
        System.out.println(
                "points as they are: " + Result.of(cases, points(), CopySign.ENOUGH, CopySign.ENOUGH_OF_BRAND));

        Map<String, Result> bySet = new TreeMap<>();
        Result unseen = new Result(0, 0, 0);
        for (String set : pages.stream().map(LabelledPage::set).collect(Collectors.toCollection(TreeSet::new))) {
            double[] weights = fit(
                    cases.stream().filter(one -> !one.page().set().equals(set)).toList());
            Result result = Result.of(
                    cases.stream().filter(one -> one.page().set().equals(set)).toList(),
                    weights,
                    0,
                    CopySign.ENOUGH_OF_BRAND / 10.0);
            bySet.put(set, result);
            unseen = unseen.plus(result);
        }
        System.out.println("each set by the other sets: " + unseen);

        double[] fitted = fit(cases);
        System.out.println("fitted to all: " + Result.of(cases, fitted, 0, CopySign.ENOUGH_OF_BRAND / 10.0));
        System.out.println();
        bySet.forEach((set, result) -> System.out.printf("%-12s %s%n", set, result));
        System.out.printf("%n%-20s %6s %6s %6s %6s%n", "", "is", "fitted", "pages", "copies");
        for (CopySign sign : CopySign.values()) {
            List<Case> with = cases.stream()
                    .filter(one -> one.copy().signs().contains(sign))
                    .toList();
            System.out.printf(
                    "%-20s %6d %6d %6d %6d%n",
                    sign,
                    sign.points(),
                    Math.round(10 * fitted[sign.ordinal()]),
                    with.size(),
                    with.stream().filter(Case::isCopy).count());
        }
        System.out.printf("%-20s %6d %6d%n", "ENOUGH", CopySign.ENOUGH, Math.round(-10 * fitted[CONSTANT]));
    }

    /** One for each brand; of a copy only those that it is labelled with, since what else it shows proves nothing. */
    private static List<Case> cases(Matcher matcher, LabelledPage page) {
        boolean isCopy = page.label().equals("impersonation");
        return matcher.copies(new PageExtractor().extract(page.capture()).text()).stream()
                .filter(copy -> !isCopy || page.brands().contains(copy.brand()))
                // too few to be fitted
                .filter(copy -> !copy.signs().contains(CopySign.SETTINGS))
                .map(copy -> new Case(page, copy, isCopy))
                .toList();
    }

    private static double[] points() {
        double[] points = new double[CONSTANT + 1];
        for (CopySign sign : CopySign.values()) {
            points[sign.ordinal()] = sign.points();
        }
        return points;
    }

    private static double sum(double[] row, double[] weights) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += row[i] * weights[i];
        }
        return sum;
    }

    private static double[] fit(List<Case> cases) {
        Set<CopySign> used = EnumSet.allOf(CopySign.class);
        while (true) {
            double[] weights = fit(cases, used);
            List<CopySign> againstItsMeaning = used.stream()
                    .filter(sign -> weights[sign.ordinal()] * sign.points() < 0)
                    .toList();
            if (againstItsMeaning.isEmpty()) {
                return weights;
            }
            used.removeAll(againstItsMeaning);
        }
    }

    private static double[] fit(List<Case> cases, Set<CopySign> used) {
        int size = CONSTANT + 1;
        double[] weights = new double[size];
        List<double[]> rows = cases.stream()
                .map(one -> {
                    double[] row = one.row();
                    EnumSet.complementOf(EnumSet.copyOf(used)).forEach(sign -> row[sign.ordinal()] = 0);
                    return row;
                })
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            double[][] hessian = new double[size][size];
            double[] gradient = new double[size];
            for (int i = 0; i < size; i++) {
                double penalty = i == CONSTANT ? 0.001 : PENALTY;
                hessian[i][i] = penalty;
                gradient[i] = penalty * weights[i];
            }
            for (int n = 0; n < rows.size(); n++) {
                double[] row = rows.get(n);
                double probability = 1 / (1 + Math.exp(-sum(row, weights)));
                double error = probability - (cases.get(n).isCopy() ? 1 : 0);
                double variance = probability * (1 - probability);
                int[] set = IntStream.range(0, size).filter(i -> row[i] != 0).toArray();
                for (int i : set) {
                    gradient[i] += error;
                    for (int j : set) {
                        hessian[i][j] += variance;
                    }
                }
            }
            double[] step = solve(hessian, gradient);
            for (int i = 0; i < size; i++) {
                weights[i] -= step[i];
            }
        }
        return weights;
    }

    /** By Gaussian elimination; the matrix is symmetric and positive definite, so that its diagonal never vanishes. Changes both. */
    private static double[] solve(double[][] matrix, double[] right) {
        int size = right.length;
        for (int column = 0; column < size; column++) {
            for (int row = column + 1; row < size; row++) {
                double factor = matrix[row][column] / matrix[column][column];
                for (int i = column; i < size; i++) {
                    matrix[row][i] -= factor * matrix[column][i];
                }
                right[row] -= factor * right[column];
            }
        }
        double[] solution = Arrays.copyOf(right, size);
        for (int row = size - 1; row >= 0; row--) {
            for (int i = row + 1; i < size; i++) {
                solution[row] -= matrix[row][i] * solution[i];
            }
            solution[row] /= matrix[row][row];
        }
        return solution;
    }
}
