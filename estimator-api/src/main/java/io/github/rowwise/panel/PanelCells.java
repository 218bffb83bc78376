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
                names.units().size(), names.periods().size(), blockRows, storage == OutcomeStorage.FLOAT);
    }

    /**
     * Sets one cell.
     *
     * @param unit index of the unit
     * @param period index of the period
     * @param arm the arm, 0 for control; does not matter where the outcome is missing
     * @param outcome the outcome, NaN where it is missing
     * @return this
     * @throws InvalidPanelException if the cell was set before, the outcome is infinite or out of the storage's
     *     range, or there is no such arm
     * @throws IndexOutOfBoundsException if there is no such unit or period
     */
    public PanelCells set(int unit, int period, int arm, double outcome) {
        requireNotBuilt();
        Objects.checkIndex(unit, names.units().size());
        Objects.checkIndex(period, names.periods().size());
        if (blocks.arm(unit, period) != HeapBlocks.UNSET) {
            throw new InvalidPanelException(names.cell(unit, period)
                    + " is given twice: a unit has one outcome a period; aggregate or remove one");
        }
        if (Double.isNaN(outcome)) {
            blocks.set(unit, period, RowBlock.MISSING, 0);
        } else {
            tally.accept(unit, period, arm, outcome);
            blocks.set(unit, period, (byte) arm, outcome);
        }
        return this;
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
        return new Panel(names, storage, blockRows, blocks, tally.cellsPerArm(), tally.largestOutcome(), null);
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
