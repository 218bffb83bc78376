package io.github.rowwise.panel;

import io.github.rowwise.engine.Engine;
import io.github.rowwise.engine.ShardCheckpoint;
import io.github.rowwise.internal.pass.BlockBuffer;
import io.github.rowwise.internal.pass.BlockRunner;
import io.github.rowwise.internal.pass.Fingerprint;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.internal.pass.PanelTotals;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.RowBlocks;
import io.github.rowwise.internal.pass.ShardRunner;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A panel: n units seen over m periods, each cell with an outcome and the arm that the unit was in.
 *
 * <p>Arm 0 is control; there are two arms or more, and each has observed cells. A cell may be missing. Units keep the
 * order in which they were given, periods stand in time order. Cells are stored row by row (a unit's periods side by
 * side) in blocks of rows, 9 bytes a cell or 5 ({@link OutcomeStorage}), in memory or in a file ({@link PanelFile}).
 *
 * <p>Immutable, and safe for use by several threads.
 *
 * <pre class="example">{@code
 * Panel fromRows = Panel.builder().addAll(observations).build();
 * Panel fromArrays = Panel.of(outcomes, arms, unitNames, periodNames); // NaN where an outcome is missing
 * }</pre>
 */
public final class Panel {

    private final PanelNames names;
    private final NameIndex unitIndex;
    private final NameIndex periodIndex;
    private final NameIndex armIndex;
    private final OutcomeStorage storage;
    private final int blockRows;
    private final RowBlocks blocks;
    private final long[] cellsPerArm;
    private final double largestOutcome;
    private volatile @Nullable String fingerprint;

    /** Adds up over the other parts, {@code null} where the panel is whole. */
    private final @Nullable Engine engine;

    /** The block that single cells were last asked of. */
    private volatile @Nullable RowBlock recent;

    Panel(
            PanelNames names,
            OutcomeStorage storage,
            int blockRows,
            RowBlocks blocks,
            long[] cellsPerArm,
            double largestOutcome,
            @Nullable String fingerprint) {
        this(names, storage, blockRows, blocks, cellsPerArm, largestOutcome, fingerprint, null);
    }

    Panel(
            PanelNames names,
            OutcomeStorage storage,
            int blockRows,
            RowBlocks blocks,
            long[] cellsPerArm,
            double largestOutcome,
            @Nullable String fingerprint,
            @Nullable Engine engine) {
        this.names = names;
        this.unitIndex = new NameIndex("unit", names.units());
        this.periodIndex = new NameIndex("period", names.periods());
        this.armIndex = new NameIndex("arm", names.arms());
        this.storage = storage;
        this.blockRows = blockRows;
        this.blocks = blocks;
        this.cellsPerArm = cellsPerArm;
        this.largestOutcome = largestOutcome;
        this.fingerprint = fingerprint;
        this.engine = engine;
    }

    /**
     * Makes a panel from arrays. The arms are named {@code 0}, {@code 1}, and so on.
     *
     * @param outcomes one row a unit, one column a period; NaN where missing
     * @param arms the arm of each cell, from 0; where the outcome is missing it does not matter
     * @param unitNames one name a row, all different
     * @param periodNames one name a column in time order, all different
     * @return a panel with a copy of the data
     * @throws InvalidPanelException if shapes differ, an outcome is infinite, an arm is negative or has no observed
     *     cell, names repeat, or there are fewer than two units, periods or arms
     */
    public static Panel of(double[][] outcomes, int[][] arms, List<String> unitNames, List<String> periodNames) {
        if (outcomes.length != unitNames.size() || arms.length != unitNames.size()) {
            throw new InvalidPanelException(outcomes.length + " rows of outcomes and " + arms.length
                    + " rows of arms for " + unitNames.size() + " unit names: give one row a unit");
        }
        int highest = 1;
        for (int unit = 0; unit < outcomes.length; unit++) {
            if (outcomes[unit].length != periodNames.size() || arms[unit].length != periodNames.size()) {
                throw new InvalidPanelException("unit '" + unitNames.get(unit) + "' has " + outcomes[unit].length
                        + " outcomes and " + arms[unit].length + " arms for " + periodNames.size()
                        + " periods: give one of each a period, NaN where an outcome is missing");
            }
            for (int period = 0; period < periodNames.size(); period++) {
                if (!Double.isNaN(outcomes[unit][period])) {
                    highest = Math.max(highest, arms[unit][period]);
                }
            }
        }
        PanelCells cells = cells(unitNames, periodNames, PanelCells.numberedArms(highest));
        for (int unit = 0; unit < outcomes.length; unit++) {
            for (int period = 0; period < periodNames.size(); period++) {
                cells.set(unit, period, arms[unit][period], outcomes[unit][period]);
            }
        }
        return cells.build();
    }

    /**
     * Collects observations by name, in any order.
     *
     * <p>Periods are put in the order that {@link PeriodOrder} finds: whole numbers, numbers, dates, timestamps, or text.
     *
     * @return an empty builder
     */
    public static PanelBuilder builder() {
        return new PanelBuilder();
    }

    /**
     * Collects cells by index, for a caller who knows units, periods and arms beforehand. Boxes nothing.
     *
     * @param unitNames names of the units in the order to keep, all different
     * @param periodNames names of the periods in time order, all different
     * @param armNames names of the arms, control first, all different
     * @return an empty panel to fill
     * @throws InvalidPanelException if names repeat or there are fewer than two units, periods or arms, or more than
     *     127 arms
     */
    public static PanelCells cells(List<String> unitNames, List<String> periodNames, List<String> armNames) {
        return cells(unitNames, periodNames, armNames, OutcomeStorage.DOUBLE);
    }

    /**
     * Collects cells by index, as {@link #cells(List, List, List)} does, and keeps outcomes in a way to choose.
     *
     * @param unitNames names of the units in the order to keep, all different
     * @param periodNames names of the periods in time order, all different
     * @param armNames names of the arms, control first, all different
     * @param storage how outcomes are kept
     * @return an empty panel to fill
     * @throws InvalidPanelException if names repeat or there are fewer than two units, periods or arms, or more than
     *     127 arms
     */
    public static PanelCells cells(
            List<String> unitNames, List<String> periodNames, List<String> armNames, OutcomeStorage storage) {
        PanelNames names = PanelNames.check(unitNames, periodNames, armNames);
        return new PanelCells(names, storage, RowBlock.defaultRows(periodNames.size()));
    }

    /**
     * Returns n.
     *
     * @return number of units, 2 or more
     */
    public int units() {
        return names.units().size();
    }

    /**
     * Returns m.
     *
     * @return number of periods, 2 or more
     */
    public int periods() {
        return names.periods().size();
    }

    /**
     * Returns the number of arms, control included.
     *
     * @return 2 or more
     */
    public int arms() {
        return names.arms().size();
    }

    /**
     * Returns the names of the units.
     *
     * @return immutable, in row order
     */
    public List<String> unitNames() {
        return names.units();
    }

    /**
     * Returns the names of the periods.
     *
     * @return immutable, in time order
     */
    public List<String> periodNames() {
        return names.periods();
    }

    /**
     * Returns the names of the arms.
     *
     * @return immutable, control first
     */
    public List<String> armNames() {
        return names.arms();
    }

    /**
     * Returns the index of a unit.
     *
     * @param name name of the unit
     * @return its row, from 0
     * @throws IllegalArgumentException if there is no such unit; the message suggests the closest name
     */
    public int unitIndex(String name) {
        return unitIndex.of(name);
    }

    /**
     * Returns the index of a period.
     *
     * @param name name of the period
     * @return its position in time, from 0
     * @throws IllegalArgumentException if there is no such period; the message suggests the closest name
     */
    public int periodIndex(String name) {
        return periodIndex.of(name);
    }

    /**
     * Returns the number of an arm.
     *
     * @param name name of the arm
     * @return the arm, 0 for control
     * @throws IllegalArgumentException if there is no such arm; the message suggests the closest name
     */
    public int armIndex(String name) {
        return armIndex.of(name);
    }

    /**
     * Returns whether the outcome of a cell was observed.
     *
     * @param unit index of the unit
     * @param period index of the period
     * @return false for a missing cell
     * @throws IndexOutOfBoundsException if there is no such cell
     */
    public boolean isObserved(int unit, int period) {
        return arm(unit, period) != RowBlock.MISSING;
    }

    /**
     * Returns the outcome of a cell.
     *
     * @param unit index of the unit
     * @param period index of the period
     * @return the outcome, NaN for a missing cell
     * @throws IndexOutOfBoundsException if there is no such cell
     */
    public double outcome(int unit, int period) {
        int cell = cell(unit, period);
        RowBlock block = blockOf(unit);
        return block.arms()[cell] == RowBlock.MISSING ? Double.NaN : block.outcomes()[cell];
    }

    /**
     * Returns the arm that a unit was in.
     *
     * @param unit index of the unit
     * @param period index of the period
     * @return the arm, 0 for control, -1 for a missing cell
     * @throws IndexOutOfBoundsException if there is no such cell
     */
    public int arm(int unit, int period) {
        return blockOf(unit).arms()[cell(unit, period)];
    }

    /**
     * Returns the number of cells with an outcome.
     *
     * @return at most n m
     */
    public long observedCells() {
        long sum = 0;
        for (long cells : cellsPerArm) {
            sum += cells;
        }
        return sum;
    }

    /**
     * Returns the number of observed cells in an arm.
     *
     * @param arm the arm, 0 for control
     * @return 1 or more
     * @throws IndexOutOfBoundsException if there is no such arm
     */
    public long cellsInArm(int arm) {
        return cellsPerArm[arm];
    }

    /**
     * Returns a hash of everything that is in the panel: names, arms and outcomes, in order.
     *
     * @return SHA-256 in 64 hexadecimal digits; computed at the first call with one pass over the
     *     panel, unless the panel is in a file, which holds it
     */
    public String fingerprint() {
        String known = fingerprint;
        if (known == null) {
            known = Fingerprint.of(List.of(names.units(), names.periods(), names.arms()), blocks);
            fingerprint = known;
        }
        return known;
    }

    /**
     * Returns how outcomes are kept.
     *
     * @return as doubles or as floats
     */
    public OutcomeStorage storage() {
        return storage;
    }

    /** The names, which {@link PanelFile} writes. */
    PanelNames names() {
        return names;
    }

    /** Reads the rows, on this process's threads or by the engine. */
    PassRunner runner(int threads, @Nullable Executor executor, FitProgressTracker progress) {
        Engine parts = engine;
        return parts == null
                ? new BlockRunner(blocks, threads, executor, progress)
                : new ShardRunner(parts, units(), periods(), progress);
    }

    /** Of all units, with those of the other parts. */
    PanelTotals totals(PassRunner runner) {
        return runner.allReduce(new PanelTotals(units(), cellsPerArm.clone(), largestOutcome), PanelTotals::plus);
    }

    /** Where a part's fit is kept, {@code null} for nowhere or a whole panel. */
    @Nullable
    ShardCheckpoint shardCheckpoint() {
        return engine == null ? null : engine.checkpoint();
    }

    /** Whether all units are here. */
    boolean isWhole() {
        return engine == null;
    }

    /** Rejects what cannot be told from a part of the units. */
    void requireWhole(String what) {
        if (engine != null) {
            throw new IllegalStateException(
                    what + ": not known to a part of a panel, because it takes the other parts' units too");
        }
    }

    /** The largest absolute outcome, from which the core takes the power of two it scales by. */
    double largestOutcome() {
        return largestOutcome;
    }

    RowBlocks blocks() {
        requireWhole("single cells");
        return blocks;
    }

    private RowBlock blockOf(int unit) {
        RowBlock block = recent;
        if (block == null || !block.holds(Objects.checkIndex(unit, units()))) {
            block = blocks().read(Objects.checkIndex(unit, units()) / blockRows, new BlockBuffer());
            recent = block;
        }
        return block;
    }

    private int cell(int unit, int period) {
        return Objects.checkIndex(unit, units()) % blockRows * periods() + Objects.checkIndex(period, periods());
    }
}
