package io.github.rowwise.internal.factor.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.model.FactorState;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the variance with a quadratic form in the dense covariance matrix of a unit's noise and trend. */
class SharedNoiseTest {

    @ParameterizedTest
    @CsvSource({"0, 0", ".7, 0", "-.4, 2", ".9, 3"})
    void isAQuadraticFormInTheCovarianceOfOneUnit(double rho, int trends) {
        SplittableRandom random = new SplittableRandom(3);
        int m = 13;
        FactorState state = new FactorState(new Dimensions(1, trends, true, 1, 0), 4, m);
        state.pooledCorrelation = rho;
        state.pooledNoise = .6;
        Arrays.setAll(state.periodPrecisions, j -> random.nextDouble(.5, 2));
        int p = state.size.coefficients();
        for (int k = 0; k < trends; k++) {
            state.priorCovariance[(2 + k) * (p + 1)] = random.nextDouble(.1, 2);
        }
        int[] controls = random.ints(m, 0, 9).toArray();
        double[] weights = random.doubles(m, -1, 1).toArray();

        double found = new SharedNoise(state, controls).variance(weights);

        double expected = 0;
        for (int j = 0; j < m; j++) {
            for (int l = 0; l < m; l++) {
                double noise = .6
                        / (1 - rho * rho)
                        * Math.pow(rho, Math.abs(j - l))
                        / Math.sqrt(state.periodPrecisions[j] * state.periodPrecisions[l]);
                for (int k = 0; k < trends; k++) {
                    double variance = state.priorCovariance[(2 + k) * (p + 1)];
                    noise += variance * state.trends[k][j] * state.trends[k][l];
                }
                double count = Math.sqrt((double) Math.max(1, controls[j]) * Math.max(1, controls[l]));
                expected += weights[j] * weights[l] * noise / count;
            }
        }
        assertThat(found).isCloseTo(expected, within(1e-12));
    }
}
