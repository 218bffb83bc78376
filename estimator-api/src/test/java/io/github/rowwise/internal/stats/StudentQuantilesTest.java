package io.github.rowwise.internal.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with quantiles that are solved for one at a time. */
class StudentQuantilesTest {

    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 1e-3, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.99999, 1 - 1e-9, 1 - 1e-13})
    void areThoseThatAreSolvedFor(double level) {
        StudentQuantiles quantiles = StudentQuantiles.at(level);
        Random random = new Random(3);
        for (int k = 0; k < 2000; k++) {
            double degreesOfFreedom = 0.5 + Math.expm1(9 * random.nextDouble());
            check(quantiles, level, degreesOfFreedom);
        }
        for (double degreesOfFreedom : new double[] {0.3, 1, 2, 4, 8, 16, 32, Math.nextUp(32.0), 1e5}) {
            check(quantiles, level, degreesOfFreedom);
        }
    }

    private static void check(StudentQuantiles quantiles, double level, double degreesOfFreedom) {
        assertThat(quantiles.quantile(degreesOfFreedom) / StudentT.quantile(0.5 + level / 2, degreesOfFreedom))
                .as("%s quantile with %s degrees of freedom", level, degreesOfFreedom)
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void endInTheNormalDistribution() {
        assertThat(StudentQuantiles.at(0.95).quantile(Double.POSITIVE_INFINITY))
                .isCloseTo(1.959963984540054, within(1e-12));
        assertThat(StudentQuantiles.at(0.99).quantile(1e12)).isCloseTo(2.5758293035489004, within(1e-11));
    }

    @Test
    void doNotDependOnWhatWasAskedBefore() {
        double first = StudentQuantiles.at(0.9).quantile(17.3);
        StudentQuantiles.at(0.5).quantile(17.3);
        assertThat(StudentQuantiles.at(0.9).quantile(17.3)).isEqualTo(first);
    }
}
