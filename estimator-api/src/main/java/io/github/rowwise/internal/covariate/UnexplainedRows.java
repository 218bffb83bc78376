package io.github.rowwise.internal.covariate;

import io.github.rowwise.internal.pass.RowBlock;
import java.util.function.UnaryOperator;

/**
 * Subtracts from the outcomes what given coefficients of the covariates explain. Many passes do not read the outcomes, so they are
 * computed only when they are read. Each block uses the same arrays.
 */
final class UnexplainedRows implements UnaryOperator<RowBlock> {

    private final CovariateSeries series;
    private final double[] coefficients;
    private double[] outcomes = {};
    private double[] scaled = {};

    UnexplainedRows(CovariateSeries series, double[] coefficients) {
        this.series = series;
        this.coefficients = coefficients;
    }

    @Override
    public RowBlock apply(RowBlock block) {
        return new RowBlock(
                block.firstRow(),
                block.rows(),
                block.columns(),
                () -> outcomes(block),
                block.arms(),
                block.covariates());
    }

    private double[] outcomes(RowBlock block) {
        int m = block.columns();
        int cells = block.rows() * m;
        if (outcomes.length != cells || scaled.length != m) {
            outcomes = new double[cells];
            scaled = new double[m];
        }
        System.arraycopy(block.outcomes(), 0, outcomes, 0, cells);
        for (int row = 0; row < block.rows(); row++) {
            for (int k = 0; k < coefficients.length; k++) {
                series.readScaled(k, block, row, scaled);
                for (int j = 0; j < m; j++) {
                    int at = row * m + j;
                    outcomes[at] -= block.arms()[at] == RowBlock.MISSING ? 0 : coefficients[k] * scaled[j];
                }
            }
        }
        return outcomes;
    }
}
