package org.markwatch.brand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogisticFitTest {
    private static final double MOST = 9;
    private static final List<LogisticFit.Limit> NONE = List.of();
    private static final boolean[] SECOND_AND_THIRD = {false, true, true, false};

    /** Weights of three features and the constant. */
    private static final double[] TRUE_WEIGHTS = {2, -1.5, 0.5, -0.5};

    private static double[] all(double weight) {
        double[] weights = new double[4];
        Arrays.fill(weights, weight);
        return weights;
    }

    private static LogisticFit limited(LogisticFit.Limit limit) {
        return new LogisticFit(all(-MOST), all(MOST), List.of(limit));
    }

    private static double[] row(Random random) {
        return new double[] {random.nextInt(2), random.nextInt(2), random.nextInt(2), 1};
    }

    /** Cases whose outcomes are drawn by the score of their strongest row. */
    private static List<LogisticFit.Case> cases(LogisticFit truth, double[] weights, int rows, int number) {
        Random random = new Random(7);
        List<LogisticFit.Case> cases = new ArrayList<>();
        for (int n = 0; n < number; n++) {
            double[][] all = new double[rows][];
            Arrays.setAll(all, i -> row(random));
            double probability = 1 / (1 + Math.exp(-truth.score(all, weights)));
            cases.add(new LogisticFit.Case(all, random.nextDouble() < probability, 1));
        }
        return cases;
    }

    @Test
    void recoversWeights() {
        LogisticFit fit = new LogisticFit(all(-MOST), all(MOST), NONE);

        double[] weights = fit.fit(cases(fit, TRUE_WEIGHTS, 1, 20_000));

        assertThat(weights).containsExactly(TRUE_WEIGHTS, within(0.15));
    }

    @Test
    void recoversWeightsFromCasesThatAreAsStrongAsTheirStrongestRow() {
        LogisticFit fit = new LogisticFit(all(-MOST), all(MOST), NONE);

        double[] weights = fit.fit(cases(fit, TRUE_WEIGHTS, 3, 20_000));

        assertThat(weights).containsExactly(TRUE_WEIGHTS, within(0.25));
    }

    @Test
    void keepsTheSignOfEachWeight() {
        LogisticFit truth = new LogisticFit(all(-MOST), all(MOST), NONE);
        List<LogisticFit.Case> cases = cases(truth, TRUE_WEIGHTS, 1, 5_000);
        LogisticFit bounded = new LogisticFit(new double[] {-MOST, 0, 0, -MOST}, new double[] {0, MOST, 0, MOST}, NONE);

        double[] weights = bounded.fit(cases);

        assertThat(weights[0]).as("may be 0 or less").isZero();
        assertThat(weights[1]).as("may be 0 or more").isZero();
        assertThat(weights[2]).as("may be nothing but 0").isZero();
    }

    @Test
    void limitsTheSumOfLimitedColumns() {
        LogisticFit fit = limited(LogisticFit.Limit.of(SECOND_AND_THIRD, -2, MOST));
        double[] weights = {3, -1.5, -1.5, 0};

        assertThat(fit.score(new double[] {1, 1, 0, 1}, weights)).isEqualTo(1.5, within(1e-9));
        assertThat(fit.score(new double[] {1, 1, 1, 1}, weights)).isEqualTo(1, within(1e-9));
    }

    @Test
    void raisesALimitForRowsThatHaveAColumn() {
        double[] raise = {1.5, 0, 0, 0};
        LogisticFit fit = limited(new LogisticFit.Limit(SECOND_AND_THIRD, -2, MOST, raise));
        double[] weights = {3, -1.5, -1.5, 0};

        assertThat(fit.score(new double[] {0, 1, 1, 1}, weights)).isEqualTo(-2, within(1e-9));
        assertThat(fit.score(new double[] {1, 1, 1, 1}, weights)).isEqualTo(2.5, within(1e-9));
    }

    @Test
    void recoversWeightsThatALimitCaps() {
        LogisticFit fit = limited(LogisticFit.Limit.of(SECOND_AND_THIRD, -MOST, 2));
        double[] weights = {-1.5, 1.5, 1.2, -0.5};

        double[] fitted = fit.fit(cases(fit, weights, 1, 20_000));

        assertThat(fit.score(new double[] {0, 1, 1, 0}, weights)).isEqualTo(2, within(1e-9));
        assertThat(fitted).containsExactly(weights, within(0.2));
    }

    @Test
    void recoversWeightsBelowALimit() {
        LogisticFit fit = limited(LogisticFit.Limit.of(SECOND_AND_THIRD, -2, MOST));
        double[] weights = {1.5, -1.5, -1.2, 0.5};

        double[] fitted = fit.fit(cases(fit, weights, 1, 20_000));

        assertThat(fitted).containsExactly(weights, within(0.2));
    }

    @Test
    void keepsRareFeaturesSmall() {
        LogisticFit fit = new LogisticFit(all(-MOST), all(MOST), NONE);
        List<LogisticFit.Case> cases = new ArrayList<>();
        cases.add(new LogisticFit.Case(new double[][] {{1, 0, 0, 1}}, true, 1));
        for (int i = 0; i < 100; i++) {
            cases.add(new LogisticFit.Case(new double[][] {{0, i % 2, 0, 1}}, i % 2 == 0, 1));
        }

        double[] weights = fit.fit(cases);

        assertThat(weights[0]).as("seen once").isBetween(0.0, 1.0);
        assertThat(weights[1]).as("seen often").isLessThan(-2);
    }

    @Test
    void givesTheSameWeightsForTheSameCases() {
        LogisticFit fit = new LogisticFit(all(-MOST), all(MOST), NONE);
        List<LogisticFit.Case> cases = cases(fit, TRUE_WEIGHTS, 2, 500);

        assertThat(fit.fit(cases)).isEqualTo(fit.fit(cases));
    }
}
