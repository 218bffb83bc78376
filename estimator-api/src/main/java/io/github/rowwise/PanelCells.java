package io.github.rowwise;

import io.github.rowwise.internal.RowBlock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A panel being filled cell by cell, by index; made by {@link Panel#cells}.
 *
 * <p>Cells may come in any order, each at most once; those that never come are missing. Not safe for several threads.
 */
public final class PanelCells {

    private static final byte UNSET = -2;

    private final List<String> unitNames;
    private final List<String> periodNames;
    private final List<String> armNames;
    private final int blockRows;
    private final List<RowBlock> blocks;
    private final long[] cellsPerArm;
    private double largestOutcome;
    private boolean built;

    PanelCells(List<String> unitNames, List<String> periodNames, List<String> armNames, int blockRows) {
        this.unitNames = List.copyOf(unitNames);
        this.periodNames = List.copyOf(periodNames);
        this.armNames = List.copyOf(armNames);
        requireTwo("unit", "units", this.unitNames, "one unit has nothing to be compared with");
        requireTwo("period", "periods", this.periodNames, "one period shows no unit both treated and untreated");
        requireTwo("arm", "arms", this.armNames, "an effect is a difference between two arms");
        if (armNames.size() > Byte.MAX_VALUE) {
            throw new InvalidPanelException(
                    armNames.size() + " arms, at most 127 can be told apart: check the treatment column");
        }
        requireDifferent("unit", this.unitNames);
        requireDifferent("period", this.periodNames);
        requireDifferent("arm", this.armNames);
        this.blockRows = blockRows;
        this.blocks = Panel.emptyBlocks(unitNames.size(), periodNames.size(), blockRows);
        this.cellsPerArm = new long[armNames.size()];
        for (RowBlock block : blocks) {
            Arrays.fill(block.arms(), UNSET);
        }
    }

    /**
     * Sets one cell.
     *
     * @param unit index of the unit
     * @param period index of the period
     * @param arm the arm, 0 for control; does not matter where the outcome is missing
     * @param outcome the outcome, NaN where it is missing
     * @return this
     * @throws InvalidPanelException if the cell was set before, the outcome is infinite, or there is no such arm
     * @throws IndexOutOfBoundsException if there is no such unit or period
     */
    public PanelCells set(int unit, int period, int arm, double outcome) {
        requireNotBuilt();
        Objects.checkIndex(unit, unitNames.size());
        Objects.checkIndex(period, periodNames.size());
        RowBlock block = blocks.get(unit / blockRows);
        int cell = unit % blockRows * periodNames.size() + period;
        if (block.arms()[cell] != UNSET) {
            throw new InvalidPanelException(
                    where(unit, period) + " is given twice: a unit has one outcome a period; aggregate or remove one");
        }
        if (Double.isNaN(outcome)) {
            block.arms()[cell] = RowBlock.MISSING;
            return this;
        }
        if (Double.isInfinite(outcome)) {
            throw new InvalidPanelException(
                    where(unit, period) + " has the outcome " + outcome + ": give a finite number, or leave it out");
        }
        if (arm < 0 || arm >= armNames.size()) {
            throw new InvalidPanelException(where(unit, period) + " has the arm " + arm
                    + ": arms go from 0 (control) to " + (armNames.size() - 1) + "; check the treatment column");
        }
        block.arms()[cell] = (byte) arm;
        block.outcomes()[cell] = outcome;
        cellsPerArm[arm]++;
        largestOutcome = Math.max(largestOutcome, Math.abs(outcome));
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
        for (int arm = 0; arm < cellsPerArm.length; arm++) {
            if (cellsPerArm[arm] == 0) {
                throw new InvalidPanelException("arm '" + armNames.get(arm)
                        + "' has no observed cell: an effect needs outcomes in each arm; check the treatment column");
            }
        }
        for (RowBlock block : blocks) {
            byte[] arms = block.arms();
            for (int cell = 0; cell < arms.length; cell++) {
                if (arms[cell] == UNSET) {
                    arms[cell] = RowBlock.MISSING;
                }
            }
        }
        built = true;
        return new Panel(unitNames, periodNames, armNames, blockRows, List.copyOf(blocks), cellsPerArm, largestOutcome);
    }

    /** Names for arms from 0 to the highest, or to the highest possible: {@link #set} says where a higher one is. */
    static List<String> numberedArms(int highest) {
        return IntStream.rangeClosed(0, Math.min(highest, Byte.MAX_VALUE - 1))
                .mapToObj(Integer::toString)
                .toList();
    }

    private String where(int unit, int period) {
        return "unit '" + unitNames.get(unit) + "', period '" + periodNames.get(period) + "'";
    }

    private void requireNotBuilt() {
        if (built) {
            throw new IllegalStateException("the panel has been built: make new cells for another one");
        }
    }

    private static void requireTwo(String one, String many, List<String> names, String why) {
        if (names.size() < 2) {
            throw new InvalidPanelException(
                    (names.isEmpty() ? "no " + one : "only one " + one + ", '" + names.get(0) + "'")
                            + ": a panel has at least two " + many + ", because " + why);
        }
    }

    private static void requireDifferent(String what, List<String> names) {
        Set<String> seen = new HashSet<>(names.size() * 2);
        for (String name : names) {
            if (!seen.add(name)) {
                throw new InvalidPanelException(
                        "the " + what + " name '" + name + "' occurs twice: give each " + what + " a name of its own");
            }
        }
    }
}
