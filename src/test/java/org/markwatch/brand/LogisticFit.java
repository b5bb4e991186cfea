package org.markwatch.brand;

import java.util.Arrays;
import java.util.List;

/**
 * Logistic regression for cases of which each has several rows and is as strong as its strongest one (multiple-instance
 * learning by maximum: Dietterich, Lathrop and Lozano-Pérez, Artificial Intelligence 89, 1997), with a ridge penalty and
 * bounds on the sign of each weight. Solved by accelerated projected gradient (Beck and Teboulle, SIAM Journal on Imaging
 * Sciences 2, 2009).
 *
 * @param lower  least weight by column
 * @param upper  greatest weight by column
 * @param limits of columns whose sum counts within bounds only; a column has one limit at most
 */
record LogisticFit(double[] lower, double[] upper, List<Limit> limits) {
    private static final double PENALTY = 1;
    private static final int ROUNDS = 4;
    private static final int STEPS = 200;

    /**
     * A limit.
     *
     * @param columns whose sum counts from {@code least} to {@code most} only
     * @param raise   weights by column of a row that raise {@code least}
     */
    record Limit(boolean[] columns, double least, double most, double[] raise) {
        /** Returns a limit that is the same for all rows. */
        static Limit of(boolean[] columns, double least, double most) {
            return new Limit(columns, least, most, new double[columns.length]);
        }

        double sum(double[] row, double[] weights) {
            double sum = 0;
            for (int i = 0; i < row.length; i++) {
                sum += columns[i] ? row[i] * weights[i] : 0;
            }
            return sum;
        }

        double least(double[] row) {
            double at = least;
            for (int i = 0; i < row.length; i++) {
                at += row[i] * raise[i];
            }
            return at;
        }
    }

    /**
     * A case. Its last column must be 1 in each row: the constant, which has no penalty.
     *
     * @param rows     one or more, of equal length
     * @param positive whether the use is there
     * @param weight   above 0
     */
    record Case(double[][] rows, boolean positive, double weight) {}

    /** Returns the score of a row: above 0 if the use is likelier than not. */
    double score(double[] row, double[] weights) {
        double score = 0;
        for (int i = 0; i < row.length; i++) {
            score += row[i] * weights[i];
        }
        for (Limit limit : limits) {
            double sum = limit.sum(row, weights);
            score += Math.clamp(sum, limit.least(row), limit.most()) - sum;
        }
        return score;
    }

    double score(double[][] rows, double[] weights) {
        return Arrays.stream(rows).mapToDouble(row -> score(row, weights)).max().orElse(Double.NEGATIVE_INFINITY);
    }

    /** Returns the weights by column. */
    double[] fit(List<Case> cases) {
        int size = lower.length;
        double[] weights = new double[size];
        for (int i = 0; i < size - 1; i++) {
            weights[i] = Math.signum(upper[i] + lower[i]) / 2;
        }
        for (int round = 0; round < ROUNDS; round++) {
            double[] now = weights;
            double[][] strongest = cases.stream()
                    .map(one -> Arrays.stream(one.rows())
                            .max((a, b) -> Double.compare(score(a, now), score(b, now)))
                            .orElseThrow())
                    .toArray(double[][]::new);
            weights = descend(cases, strongest, weights);
        }
        return weights;
    }

    private double[] descend(List<Case> cases, double[][] rows, double[] from) {
        int size = from.length;
        double step = 1 / (PENALTY + steepest(cases, rows));
        double[] weights = from.clone();
        double[] ahead = from.clone();
        double momentum = 1;
        for (int n = 0; n < STEPS; n++) {
            double[] gradient = gradient(cases, rows, ahead);
            double next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            for (int i = 0; i < size; i++) {
                double moved = Math.clamp(ahead[i] - step * gradient[i], lower[i], upper[i]);
                ahead[i] = moved + (momentum - 1) / next * (moved - weights[i]);
                weights[i] = moved;
            }
            momentum = next;
        }
        return weights;
    }

    private double[] gradient(List<Case> cases, double[][] rows, double[] weights) {
        int size = weights.length;
        double[] gradient = new double[size];
        for (int i = 0; i < size - 1; i++) {
            gradient[i] = PENALTY * weights[i];
        }
        for (int n = 0; n < rows.length; n++) {
            double[] row = rows[n];
            double probability = 1 / (1 + Math.exp(-score(row, weights)));
            double error = cases.get(n).weight() * (probability - (cases.get(n).positive() ? 1 : 0));
            for (int i = 0; i < size; i++) {
                gradient[i] += error * row[i];
            }
            for (Limit limit : limits) {
                double sum = limit.sum(row, weights);
                if (sum <= limit.least(row) || sum >= limit.most()) {
                    for (int i = 0; i < size; i++) {
                        gradient[i] -= limit.columns()[i] ? error * row[i] : 0;
                    }
                }
            }
        }
        return gradient;
    }

    /** Returns an upper bound of the curvature: a quarter of the greatest eigenvalue, by power iteration. */
    private static double steepest(List<Case> cases, double[][] rows) {
        int size = rows[0].length;
        double[] vector = new double[size];
        Arrays.fill(vector, 1 / Math.sqrt(size));
        double length = 1;
        for (int n = 0; n < 30; n++) {
            double[] next = new double[size];
            for (int r = 0; r < rows.length; r++) {
                double product = 0;
                for (int i = 0; i < size; i++) {
                    product += rows[r][i] * vector[i];
                }
                for (int i = 0; i < size; i++) {
                    next[i] += cases.get(r).weight() * product * rows[r][i];
                }
            }
            length = Math.sqrt(Arrays.stream(next).map(x -> x * x).sum());
            for (int i = 0; i < size; i++) {
                vector[i] = next[i] / length;
            }
        }
        return 1.05 * length / 4;
    }
}
