package io.github.rowwise.internal.average;

import io.github.rowwise.internal.pass.PassRunner;

/** Reads the panel again after a fit, to average effects over selected cells. Keeps what it needs of the fit. */
@FunctionalInterface
public interface SelectionPass {

    /**
     * Runs one pass.
     *
     * @param runner reads the panel that was fitted
     * @param cells the cells
     * @return sums of the groups
     */
    GroupSums run(PassRunner runner, SelectedCells cells);
}
