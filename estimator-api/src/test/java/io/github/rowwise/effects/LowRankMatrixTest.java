package io.github.rowwise.effects;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.linalg.DenseMatrix;
import org.junit.jupiter.api.Test;

class LowRankMatrixTest {

    private final LowRankMatrix matrix = LowRankMatrix.of(
            DenseMatrix.wrap(new double[] {1, 2, 3, 4, 5, 6}, 3, 2),
            DenseMatrix.wrap(new double[] {1, -1, 0.5, 2}, 2, 2));

    @Test
    void loadingsTimesFactorsAreTheMatrix() {
        DenseMatrix loadings = matrix.loadings();
        DenseMatrix factors = matrix.factors();

        assertThat(loadings.rows()).isEqualTo(3);
        assertThat(factors.columns()).isEqualTo(2);
        for (int unit = 0; unit < 3; unit++) {
            for (int period = 0; period < 2; period++) {
                assertThat(matrix.get(unit, period))
                        .isEqualTo(loadings.get(unit, 0) * factors.get(0, period)
                                + loadings.get(unit, 1) * factors.get(1, period));
            }
        }
    }

    @Test
    void whatIsHandedOutIsACopy() {
        matrix.loadings().set(0, 0, 100);
        matrix.factors().set(0, 0, 100);

        assertThat(matrix.get(0, 0)).isEqualTo(2);
    }
}
