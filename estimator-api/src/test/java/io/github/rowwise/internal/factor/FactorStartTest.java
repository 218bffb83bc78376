package io.github.rowwise.internal.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.pass.SparsePanels;
import io.github.rowwise.internal.factor.pass.TwoWayAverages;
import io.github.rowwise.internal.factor.pass.UnitLayouts;
import io.github.rowwise.internal.pass.PassScratch;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.SlowLinearAlgebra;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FactorStartTest {

    private static final int VECTORS = 3;

    private final PanelCounts panel = new SparsePanels(8).panel(2, true);
    private final TwoWayAverages averages = TwoWayAverages.fit(panel);

    @Test
    void multipliesUnitsWithFewCellsAsItDoesTheOthers() {
        int m = panel.periods();
        DenseMatrix vectors = DenseMatrix.zeros(VECTORS, m);
        SplittableRandom random = new SplittableRandom(2);
        Arrays.setAll(vectors.values(), k -> random.nextGaussian());

        DenseMatrix product = FactorStart.multiply(panel, new SlowLinearAlgebra(), averages, vectors);

        double[][] rows = residuals();
        for (int k = 0; k < VECTORS; k++) {
            double[] expected = new double[m];
            for (double[] row : rows) {
                double sum = 0;
                for (int j = 0; j < m; j++) {
                    sum += row[j] * vectors.get(k, j);
                }
                for (int j = 0; j < m; j++) {
                    expected[j] += row[j] * sum;
                }
            }
            for (int j = 0; j < m; j++) {
                assertThat(product.get(k, j)).isCloseTo(expected[j], within(1e-8 * Math.max(1, Math.abs(expected[j]))));
            }
        }
        assertThat(few()).isBetween(20, SparsePanels.UNITS - 20);
    }

    @Test
    void squaresOfResidualsAreThoseOfAllCells() {
        double sum = Arrays.stream(residuals())
                .flatMapToDouble(Arrays::stream)
                .map(residual -> residual * residual)
                .sum();

        assertThat(averages.residualSquares(panel)).isCloseTo(sum, within(1e-10 * sum));
    }

    private int few() {
        int count = 0;
        for (int unit = 0; unit < panel.units(); unit++) {
            count += UnitLayouts.hasFewCells(panel, unit) ? 1 : 0;
        }
        return count;
    }

    /** All residuals, without the shorter way for units with few cells. */
    private double[][] residuals() {
        double[][] rows = new double[panel.units()][];
        panel.runner().forEachBlock(() -> new PassScratch() {}, (none, block) -> {
            TwoWayAverages.Scratch scratch = new TwoWayAverages.Scratch(panel);
            for (int row = 0; row < block.rows(); row++) {
                averages.residuals(panel, block, row, scratch);
                rows[block.firstRow() + row] = scratch.row.clone();
            }
        });
        return rows;
    }
}
