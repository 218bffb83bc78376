package io.github.rowwise.panel;

import io.github.rowwise.internal.pass.HeapBlocks;
import io.github.rowwise.internal.pass.RowBlock;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A panel being filled cell by cell, by index; made by {@link Panel#cells}.
 *
 * <p>Cells may come in any order, each at most once; those that never come are missing. Not safe for several threads.
 *
 * <pre class="example">{@code
 * PanelCells cells = Panel.cells(unitNames, periodNames, List.of("control", "treated"));
 * cells.set(0, 0, 1, 118.5);
 * cells.set(1, 0, 0, 97.0);
 * Panel built = cells.build();
 * }</pre>
 */
public final class PanelCells {

    private static final double[] NO_COVARIATES = {};

    private final PanelNames names;
    private final OutcomeStorage storage;
    private final CellValidator tally;
    private final int blockRows;
    private final HeapBlocks blocks;
    private boolean built;

    PanelCells(PanelNames names, OutcomeStorage storage, int blockRows) {
        this.names = names;
        this.storage = storage;
        this.tally = new CellValidator(names, storage);
        this.blockRows = blockRows;
        this.blocks = new HeapBlocks(
                names.units().size(),
                names.periods().size(),
                blockRows,
                storage == OutcomeStorage.FLOAT,
                names.covariates().size());
    }

    /**
     * Sets one cell.
     *
     * @param unit index of the unit
     * @param period index of the period
     * @param arm the arm, 0 for control; does not matter where the outcome is missing
     * @param outcome the outcome, NaN where it is missing
     * @return this
     * @throws InvalidPanelException if the cell was set before, the outcome is infinite or beyond 1e290 in size or out of the storage's
     *     range, or there is no such arm
     * @throws IndexOutOfBoundsException if there is no such unit or period
     */
    public PanelCells set(int unit, int period, int arm, double outcome) {
        return set(unit, period, arm, outcome, NO_COVARIATES);
    }

    /**
     * Sets one cell with its covariates.
     *
     * @param unit index of the unit
     * @param period index of the period
     * @param arm the arm, 0 for control; does not matter where the outcome is missing
     * @param outcome the outcome, NaN where it is missing
     * @param covariates one number per covariate; where one of them is NaN, the cell is missing
     * @return this
     * @throws InvalidPanelException if the cell was set before, the outcome or a covariate is infinite or beyond 1e290 in size, the
     *     outcome is out of the storage's range, there is no such arm, or there is another number of covariates
     * @throws IndexOutOfBoundsException if there is no such unit or period
     */
    public PanelCells set(int unit, int period, int arm, double outcome, double... covariates) {
        requireNotBuilt();
        Objects.checkIndex(unit, names.units().size());
        Objects.checkIndex(period, names.periods().size());
        if (isSet(unit, period)) {
            throw twice(unit, period, "");
        }
        if (Double.isNaN(outcome) || tally.lacksCovariate(unit, period, covariates)) {
            blocks.set(unit, period, RowBlock.MISSING, 0);
        } else {
            tally.accept(unit, period, arm, outcome);
            blocks.set(unit, period, (byte) arm, outcome);
            blocks.setCovariates(unit, period, covariates);
        }
        return this;
    }

    /** Whether a cell was set before. */
    boolean isSet(int unit, int period) {
        return blocks.arm(unit, period) != HeapBlocks.UNSET;
    }

    /** What to throw where it was; {@code hint} says more of the period. */
    InvalidPanelException twice(int unit, int period, String hint) {
        return new InvalidPanelException(names.cell(unit, period) + hint
                + " is given twice: a unit has one outcome per period; aggregate or remove one");
    }

    /**
     * Returns the panel. What was filled goes into it without a copy, so this object is of no use afterwards.
     *
     * @return the panel
     * @throws InvalidPanelException if an arm has no observed cell
     */
    public Panel build() {
        requireNotBuilt();
        tally.finish();
        blocks.finish();
        built = true;
        return new Panel(names, storage, blockRows, blocks, tally.cellsPerArm(), tally.largestOutcome(), null, null);
    }

    /** The cells of arrays, as {@link Panel#of} takes them. */
    static PanelCells of(double[][] outcomes, int[][] arms, List<String> unitNames, List<String> periodNames) {
        if (outcomes.length != unitNames.size() || arms.length != unitNames.size()) {
            throw new InvalidPanelException(outcomes.length + " rows of outcomes and " + arms.length
                    + " rows of arms for " + unitNames.size() + " unit names: give one row per unit");
        }
        int highest = 1;
        for (int unit = 0; unit < outcomes.length; unit++) {
            if (outcomes[unit].length != periodNames.size() || arms[unit].length != periodNames.size()) {
                throw new InvalidPanelException("unit '" + unitNames.get(unit) + "' has " + outcomes[unit].length
                        + " outcomes and " + arms[unit].length + " arms for " + periodNames.size()
                        + " periods: give one of each per period, NaN where an outcome is missing");
            }
            for (int period = 0; period < periodNames.size(); period++) {
                if (!Double.isNaN(outcomes[unit][period])) {
                    highest = Math.max(highest, arms[unit][period]);
                }
            }
        }
        PanelCells cells = Panel.cells(unitNames, periodNames, numberedArms(highest));
        for (int unit = 0; unit < outcomes.length; unit++) {
            for (int period = 0; period < periodNames.size(); period++) {
                cells.set(unit, period, arms[unit][period], outcomes[unit][period]);
            }
        }
        return cells;
    }

    /** Names for arms from 0 to the highest, or to the highest possible: {@link #set} says where a higher one is. */
    static List<String> numberedArms(int highest) {
        return IntStream.rangeClosed(0, Math.min(highest, Byte.MAX_VALUE - 1))
                .mapToObj(Integer::toString)
                .toList();
    }

    private void requireNotBuilt() {
        if (built) {
            throw new IllegalStateException("the panel has been built: make new cells for another one");
        }
    }
}
