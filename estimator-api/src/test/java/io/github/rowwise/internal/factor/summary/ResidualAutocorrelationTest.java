package io.github.rowwise.internal.factor.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.model.FactorState;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the change of a variance with the sandwich formula on dense matrices. */
class ResidualAutocorrelationTest {

    private static final byte[] ARMS = {0, 1, 2, 2, -1, 1, 0, 0, -1, -1, 2, 1, 1, 0};
    private static final int[] EVERY_PERIOD = IntStream.range(0, ARMS.length).toArray();

    private final SplittableRandom random = new SplittableRandom(3);

    @ParameterizedTest
    @ValueSource(doubles = {0, .6, -.4})
    void equalsTheSandwichFormula(double rho) {
        FactorState state = state(rho);
        double[] covariance = normals(state.size.coefficients());
        ResidualAutocorrelation left = new ResidualAutocorrelation(new double[] {.2, -.1, .05});

        double added =
                left.new VarianceChange(state, ARMS.length).variance(bits(), EVERY_PERIOD, fits(state, covariance), 0);

        // The whitener W makes Q = W'W of the precision; the weights in the noise are W'W h, their variance with the
        // correlations R of the innovations is h'W'R W h.
        int m = ARMS.length;
        double[] white = new double[m];
        for (int j = 0; j < m; j++) {
            for (int l = 0; l < m; l++) {
                white[j] += whitener(state, j, l) * fit(state, covariance, l);
            }
        }
        double expected = 0;
        for (int j = 0; j < m; j++) {
            for (int l = 0; l < m; l++) {
                int lag = Math.abs(j - l);
                double correlation = lag == 0 || lag > 3 ? 0 : left.correlations()[lag - 1];
                expected += white[j] * correlation * white[l];
            }
        }
        assertThat(added).isCloseTo(expected, within(1e-12));
        assertThat(Math.abs(added)).isGreaterThan(1e-6);
    }

    @Test
    void changesTheVarianceByAtMostAFactorOfFour() {
        FactorState state = state(0);
        double[] constant = new double[state.size.coefficients()];
        constant[0] = 1;
        double power = 0;
        for (int j = 0; j < ARMS.length; j++) {
            power += ARMS[j] < 0 ? 0 : state.periodPrecisions[j] / state.noise[0];
        }

        double most = new ResidualAutocorrelation(new double[] {9, 9, 9}).new VarianceChange(state, ARMS.length)
                .variance(bits(), EVERY_PERIOD, fits(state, constant), 0);
        double least = new ResidualAutocorrelation(new double[] {-9, -9, -9}).new VarianceChange(state, ARMS.length)
                .variance(bits(), EVERY_PERIOD, fits(state, constant), 0);

        assertThat(most).isCloseTo(3 * power, within(1e-12));
        assertThat(least).isCloseTo(-.75 * power, within(1e-12));
    }

    @Test
    void ignoresCorrelationsThatTheFitItselfCauses() {
        double[] correlations = ResidualAutocorrelation.of(new double[] {5, -40, 0}, new double[] {100, 100, 0}, 20)
                .correlations();

        assertThat(correlations[0]).isZero();
        assertThat(correlations[1]).isCloseTo(-.25, within(1e-15));
        assertThat(correlations[2]).isZero();
    }

    private static CellBits bits() {
        CellBits bits = new CellBits(3, ARMS.length);
        bits.read(ARMS, 0);
        return bits;
    }

    private static double whitener(FactorState state, int j, int l) {
        if (ARMS[j] < 0) {
            return 0;
        }
        double rho = state.correlation[0];
        boolean starts = j == 0 || ARMS[j - 1] < 0;
        double root = Math.sqrt(state.periodPrecisions[j] / state.noise[0]);
        if (l == j) {
            return starts ? root * Math.sqrt(1 - rho * rho) : root;
        }
        return l == j - 1 && !starts ? -rho * root : 0;
    }

    private static double[] fits(FactorState state, double[] covariance) {
        double[] fits = new double[ARMS.length];
        Arrays.setAll(fits, j -> fit(state, covariance, j));
        return fits;
    }

    private static double fit(FactorState state, double[] covariance, int j) {
        if (ARMS[j] < 0) {
            return 0;
        }
        double sum = covariance[0] + covariance[1] * state.latent[0][j] + covariance[2] * state.latent[1][j];
        if (ARMS[j] > 0) {
            int first = 3 * ARMS[j];
            sum += covariance[first]
                    + covariance[first + 1] * state.latent[0][j]
                    + covariance[first + 2] * state.latent[1][j];
        }
        return sum;
    }

    private FactorState state(double rho) {
        FactorState state = new FactorState(new Dimensions(2, 0, false, 2, 0), 1, ARMS.length);
        Arrays.setAll(state.latent, k -> normals(ARMS.length));
        Arrays.setAll(state.periodPrecisions, j -> random.nextDouble(.4, 3));
        state.noise[0] = .7;
        state.correlation[0] = rho;
        return state;
    }

    private double[] normals(int count) {
        double[] values = new double[count];
        Arrays.setAll(values, k -> random.nextGaussian());
        return values;
    }
}
