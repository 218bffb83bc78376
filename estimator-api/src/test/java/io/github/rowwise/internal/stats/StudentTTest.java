package io.github.rowwise.internal.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with Commons Statistics, and with closed forms for one and two degrees of freedom. */
class StudentTTest {

    private static final double RELATIVE = 1e-11;

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.3, 1, 1.5, 2, 3.7, 10, 31.4, 100, 999.5, 1e4, 1e5, 1e6, 1e7, 1e9})
    void tailsAgreeWithCommonsStatistics(double degreesOfFreedom) {
        TDistribution reference = TDistribution.of(degreesOfFreedom);
        for (double t = 1e-3; t < 1e6; t *= 1.7) {
            double expected = 2 * reference.survivalProbability(t);
            if (expected > 1e-290) {
                assertThat(StudentT.twoSidedTail(t, degreesOfFreedom) / expected)
                        .as("tail of %s with %s degrees of freedom", t, degreesOfFreedom)
                        .isCloseTo(1, within(RELATIVE + 5e-17 * degreesOfFreedom));
            }
            assertThat(StudentT.twoSidedTail(-t, degreesOfFreedom))
                    .isEqualTo(StudentT.twoSidedTail(t, degreesOfFreedom));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 1, 2.5, 7, 42, 1e3, 1e5, 1e8})
    void quantilesAgreeWithCommonsStatistics(double degreesOfFreedom) {
        TDistribution reference = TDistribution.of(degreesOfFreedom);
        for (double probability : new double[] {0.5001, 0.6, 0.75, 0.9, 0.975, 0.995, 0.9999, 1 - 1e-9}) {
            assertThat(StudentT.quantile(probability, degreesOfFreedom)
                            / reference.inverseSurvivalProbability(1 - probability))
                    .as("%s quantile with %s degrees of freedom", probability, degreesOfFreedom)
                    .isCloseTo(1, within(1e-8));
        }
    }

    @Test
    void oneAndTwoDegreesOfFreedomHaveClosedForms() {
        for (double t = 1e-6; t < 1e8; t *= 3.1) {
            assertThat(StudentT.twoSidedTail(t, 1) / (2 / Math.PI * Math.atan(1 / t)))
                    .isCloseTo(1, within(RELATIVE));
            double root = Math.sqrt(2 + t * t);
            assertThat(StudentT.twoSidedTail(t, 2) / (2 / (root * (root + t)))).isCloseTo(1, within(RELATIVE));
        }
    }

    @Test
    void tailsDecreaseFromOneToZero() {
        for (double degreesOfFreedom : new double[] {0.5, 1, 4, 50, 1e6}) {
            double former = 1;
            assertThat(StudentT.twoSidedTail(0, degreesOfFreedom)).isEqualTo(1);
            for (double t = 1e-300; t < 1e300; t *= 10) {
                double tail = StudentT.twoSidedTail(t, degreesOfFreedom);
                assertThat(tail).isBetween(0.0, former);
                former = tail;
            }
            assertThat(StudentT.twoSidedTail(Double.MAX_VALUE, degreesOfFreedom))
                    .isZero();
            assertThat(StudentT.twoSidedTail(Double.POSITIVE_INFINITY, degreesOfFreedom))
                    .isZero();
        }
    }

    @Test
    void quantilesAreFiniteAtTheEndsOfTheRange() {
        for (double degreesOfFreedom : new double[] {0.5, 1, 4, 50, 1e6}) {
            assertThat(StudentT.quantile(0.5, degreesOfFreedom)).isBetween(0.0, 1e-12);
            assertThat(StudentT.quantile(Math.nextDown(1.0), degreesOfFreedom)).isFinite();
            assertThat(StudentT.quantile(1, degreesOfFreedom)).isFinite();
        }
    }
}
