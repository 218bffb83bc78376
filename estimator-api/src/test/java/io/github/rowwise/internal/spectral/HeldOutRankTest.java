package io.github.rowwise.internal.spectral;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The one-standard-error rule on tables of errors with one row per fold and one column per rank. */
class HeldOutRankTest {

    @Test
    void withoutSpreadTheFirstOfTheBestIsTaken() {
        assertThat(rank(new double[][] {{5, 3, 1, 1}, {5, 3, 1, 1}})).isEqualTo(2);
        assertThat(rank(new double[][] {{1, 2}, {1, 2}})).isZero();
        assertThat(rank(new double[][] {{0, 0, 0}, {0, 0, 0}})).isZero();
    }

    @Test
    void aSmallerRankWithinOneStandardErrorOfTheBestIsTaken() {
        // The best, rank 2, has errors 1 and 3: mean 2, standard error sqrt(2 / 2) = 1.
        assertThat(rank(new double[][] {{9, 3, 1}, {9, 3, 3}}))
                .as("3 is within 2 + 1")
                .isEqualTo(1);
        assertThat(rank(new double[][] {{9, 3.01, 1}, {9, 3.01, 3}}))
                .as("3.01 is not")
                .isEqualTo(2);
        assertThat(rank(new double[][] {{3, 4, 1}, {3, 4, 3}})).isZero();
    }

    @Test
    void theStandardErrorIsThatOfTheMeanOverTheFolds() {
        // Four folds, errors of the best 0, 2, 4, 6: deviation sqrt(20 / 3), standard error 1.29.
        assertThat(rank(new double[][] {{4.2, 0}, {4.2, 2}, {4.2, 4}, {4.2, 6}}))
                .isZero();
        assertThat(rank(new double[][] {{4.4, 0}, {4.4, 2}, {4.4, 4}, {4.4, 6}}))
                .isEqualTo(1);
    }

    private static int rank(double[][] errors) {
        return HeldOutRank.smallestWithinOneStandardError(errors, errors[0].length - 1);
    }
}
