package io.github.rowwise.internal.factor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.pass.UnitAttributes;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnitPriorTest {

    /** Two levels and two effects. The second level hardly varies, like the loading on an unsupported factor. */
    private static final double[] COVARIANCE = {
        4, 0, 1, 0.5, //
        0, 1e-12, 0, 0, //
        1, 0, 2, 0.3, //
        0.5, 0, 0.3, 1
    };

    private static final Dimensions SIZE = new Dimensions(1, 0, false, 1, 0);

    private static final double[] MEAN = {1, 0, 3, -2};

    @Test
    void effectsFollowTheConditionalNormalDistribution() {
        // An attribute of 2 moves the mean of the unit to MEAN.
        double[] ofAttribute = {.25, 0, 1, -.5};
        double[] mean = new double[4];
        Arrays.setAll(mean, k -> MEAN[k] - 2 * ofAttribute[k]);
        UnitPrior.EffectDraws draws = prior(mean, COVARIANCE, ofAttribute, new UnitAttributes(1, new double[] {2}))
                .effectDraws();
        SplittableRandom random = new SplittableRandom(3);
        int count = 200_000;
        double[] sum = new double[2];
        double[] squares = new double[3];
        for (int k = 0; k < count; k++) {
            double[] d = draws.draw(0, new double[] {5, 0}, new double[] {1, 1}, random);
            sum[0] += d[0];
            sum[1] += d[1];
            squares[0] += d[0] * d[0];
            squares[1] += d[0] * d[1];
            squares[2] += d[1] * d[1];
        }
        double first = sum[0] / count;
        double second = sum[1] / count;
        // With b 4 above its mean of variance 4: mean_d + S_db / 4 * 4, and covariance S_dd - S_db S_bd / 4.
        assertThat(first).isCloseTo(3 + 1, within(0.02));
        assertThat(second).isCloseTo(-2 + 0.5, within(0.02));
        assertThat(squares[0] / count - first * first).isCloseTo(2 - 1.0 / 4, within(0.03));
        assertThat(squares[1] / count - first * second).isCloseTo(0.3 - 0.5 / 4, within(0.02));
        assertThat(squares[2] / count - second * second).isCloseTo(1 - 0.25 / 4, within(0.02));
    }

    @Test
    void changingTheSignOfAFactorChangesTheSignOfItsDraws() {
        double[] turn = {1, -1, 1, -1};
        double[] mean = new double[4];
        double[] covariance = new double[16];
        for (int row = 0; row < 4; row++) {
            mean[row] = turn[row] * MEAN[row];
            for (int column = 0; column < 4; column++) {
                covariance[4 * row + column] = turn[row] * turn[column] * COVARIANCE[4 * row + column];
            }
        }
        double[] d = prior(MEAN, COVARIANCE, new double[0], UnitAttributes.NONE)
                .effectDraws()
                .draw(0, new double[] {5, 1e-6}, new double[] {1, 1}, new SplittableRandom(3));
        double[] mirrored = prior(mean, covariance, new double[0], UnitAttributes.NONE)
                .effectDraws()
                .draw(0, new double[] {5, -1e-6}, new double[] {1, -1}, new SplittableRandom(3));
        assertThat(mirrored).containsExactly(d[0], -d[1]);
    }

    private static UnitPrior prior(
            double[] mean, double[] covariance, double[] attributeEffects, UnitAttributes attributes) {
        return new UnitPrior(
                mean, covariance, attributeEffects, attributes, SIZE, new double[0], new double[0], new double[0]);
    }
}
