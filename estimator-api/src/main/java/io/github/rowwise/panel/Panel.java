package io.github.rowwise.panel;

import io.github.rowwise.engine.Engine;
import io.github.rowwise.engine.ShardCheckpoint;
import io.github.rowwise.internal.assignment.Transitions;
import io.github.rowwise.internal.pass.BlockRunner;
import io.github.rowwise.internal.pass.Fingerprint;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.internal.pass.HidingBlocks;
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
 * order in which they were given, periods stand in time order. Cells are stored row by row (a unit's periods next to
 * each other) in blocks of rows, 9 bytes per cell or 5 ({@link OutcomeStorage}) and 8 more per covariate, in memory or in a file ({@link PanelFile}).
 *
 * <p>Immutable, and safe for use by several threads.
 *
 * <pre class="example">{@code
 * Panel fromRows = Panel.builder().addAll(observations).build();
 * Panel fromArrays = Panel.of(outcomes, arms, unitNames, periodNames); // NaN where an outcome is missing
 * }</pre>
 */
public final class Panel {

    private static final String CELLS = "single cells";

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

    /** Reduces over the other shards, {@code null} if the panel is whole. */
    private final @Nullable Engine engine;

    private final CellReader cells;
    private final LeftOut leftOut;

    Panel(
            PanelNames names,
            OutcomeStorage storage,
            int blockRows,
            RowBlocks blocks,
            long[] cellsPerArm,
            double largestOutcome,
            @Nullable String fingerprint,
            @Nullable Engine engine) {
        this(names, storage, blockRows, blocks, cellsPerArm, largestOutcome, fingerprint, engine, new LeftOut(0, 0));
    }

    /**
     * Periods that {@link #withoutTransitions} left out.
     *
     * @param lead number of periods before each start of treatment
     * @param washout number of periods after each end
     */
    record LeftOut(int lead, int washout) {}

    private Panel(
            PanelNames names,
            OutcomeStorage storage,
            int blockRows,
            RowBlocks blocks,
            long[] cellsPerArm,
            double largestOutcome,
            @Nullable String fingerprint,
            @Nullable Engine engine,
            LeftOut leftOut) {
        this.leftOut = leftOut;
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
        this.cells = new CellReader(blocks, blockRows, units(), periods());
    }

    /**
     * Creates a panel from arrays. The arms are named {@code 0}, {@code 1}, and so on.
     *
     * @param outcomes one row per unit, one column per period; NaN where missing
     * @param arms the arm of each cell, from 0; where the outcome is missing it does not matter
     * @param unitNames one name per row, all different
     * @param periodNames one name per column in time order, all different
     * @return a panel with a copy of the data
     * @throws InvalidPanelException if shapes differ, an outcome is infinite or beyond 1e290 in size, an arm is negative or has no observed
     *     cell, names repeat, or there are fewer than two units, periods or arms
     */
    public static Panel of(double[][] outcomes, int[][] arms, List<String> unitNames, List<String> periodNames) {
        return PanelCells.of(outcomes, arms, unitNames, periodNames).build();
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
        return cells(unitNames, periodNames, armNames, List.of(), storage);
    }

    /**
     * Collects cells by index, each with covariates.
     *
     * @param unitNames names of the units in the order to keep, all different
     * @param periodNames names of the periods in time order, all different
     * @param armNames names of the arms, control first, all different
     * @param covariateNames names of the covariates, all different, at most 32
     * @param storage how outcomes are kept; covariates are kept as doubles
     * @return an empty panel to fill by {@link PanelCells#set(int, int, int, double, double...)}
     * @throws InvalidPanelException if names repeat or there are fewer than two units, periods or arms, or more than
     *     127 arms, or more than 32 covariates
     */
    public static PanelCells cells(
            List<String> unitNames,
            List<String> periodNames,
            List<String> armNames,
            List<String> covariateNames,
            OutcomeStorage storage) {
        PanelNames names = PanelNames.check(unitNames, periodNames, armNames).withCovariates(covariateNames);
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
     * Returns the names of the covariates: further numbers of each cell that explain its outcome, such as a price.
     *
     * @return immutable, in the order in which they were given; empty without covariates
     */
    public List<String> covariateNames() {
        return names.covariates();
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
        requireCell(unit, period);
        return cells.outcome(unit, period);
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
        requireCell(unit, period);
        return cells.arm(unit, period);
    }

    /**
     * Reads all cells of one unit, which is faster than one cell after the other.
     *
     * @param unit index of the unit
     * @param outcomes filled with one outcome per period, NaN where missing
     * @param arms filled with one arm per period, 0 for control, -1 where missing
     * @throws IndexOutOfBoundsException if there is no such unit
     * @throws IllegalArgumentException if an array has another length than the number of periods
     */
    public void readRow(int unit, double[] outcomes, byte[] arms) {
        readRows(unit, 1, outcomes, arms);
    }

    /**
     * Reads all cells of consecutive units, row by row.
     *
     * @param firstUnit index of the first unit
     * @param count number of units
     * @param outcomes filled with {@code count} times m outcomes, NaN where missing
     * @param arms filled with as many arms, 0 for control, -1 where missing
     * @throws IndexOutOfBoundsException if there are no such units
     * @throws IllegalArgumentException if an array has another length than {@code count} times the number of periods
     */
    public void readRows(int firstUnit, int count, double[] outcomes, byte[] arms) {
        Objects.checkFromIndexSize(firstUnit, count, units());
        long size = (long) count * periods();
        if (outcomes.length != size || arms.length != size) {
            throw new IllegalArgumentException(outcomes.length + " places for outcomes and " + arms.length
                    + " for arms, to read " + count + " x " + periods() + " cells: give arrays of that length");
        }
        requireWhole(CELLS);
        cells.read(firstUnit, count, outcomes, arms);
    }

    /**
     * Reads a covariate of consecutive units, row by row. Reads whole blocks of rows, so it is meant for many units at a time.
     *
     * @param covariate index of the covariate
     * @param firstUnit index of the first unit
     * @param count number of units
     * @return {@code count} times m numbers, NaN for a missing cell
     * @throws IndexOutOfBoundsException if there is no such covariate, or no such units
     */
    public double[] covariate(int covariate, int firstUnit, int count) {
        Objects.checkIndex(covariate, names.covariates().size());
        Objects.checkFromIndexSize(firstUnit, count, units());
        requireWhole(CELLS);
        return cells.covariate(covariate, firstUnit, count);
    }

    /**
     * Visits all units in order, with one read per block of units. Uses the calling thread.
     *
     * @param visitor called once per unit, with arrays that hold the next unit's cells at the next call
     */
    public void forEachRow(RowVisitor visitor) {
        requireWhole(CELLS);
        cells.forEachRow(visitor);
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
     * Returns a hash of everything that is in the panel: names, arms, outcomes and covariates, in order.
     *
     * @return SHA-256 in 64 hexadecimal digits; computed at the first call with one pass over the
     *     panel, unless the panel is in a file, which holds it
     */
    public String fingerprint() {
        String known = fingerprint;
        if (known == null) {
            known = Fingerprint.of(names.lists(), blocks);
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

    /** A panel with the same names, sizes and fingerprint whose cells cannot be read. */
    Panel withoutCells() {
        return blocks instanceof ReleasedBlocks
                ? this
                : new Panel(
                        names,
                        storage,
                        blockRows,
                        new ReleasedBlocks(),
                        cellsPerArm,
                        largestOutcome,
                        fingerprint(),
                        engine,
                        leftOut);
    }

    /**
     * Returns this panel without the control cells around each treatment, which are missing: units that anticipate a treatment or
     * still feel one then do not count as untreated. Treated cells stay. Missing and absent periods count, and any arm but
     * control is a treatment.
     *
     * <p>The result is a view: it has no cells of its own, and reads those of this panel anew in each pass.
     *
     * @param lead number of periods before each start of treatment to leave out, 0 for none
     * @param washout number of periods after each end of treatment to leave out, 0 for none
     * @return a panel with the same units, periods and arms; this panel if nothing is to be left out
     * @throws IllegalArgumentException if a number is negative
     * @throws InvalidPanelException if no control cell is left
     * @throws IllegalStateException for a {@link PanelShard shard}
     */
    public Panel withoutTransitions(int lead, int washout) {
        if (lead < 0 || washout < 0) {
            throw new IllegalArgumentException(
                    "lead " + lead + " and washout " + washout + ": give numbers of periods, 0 or more");
        }
        if (lead == 0 && washout == 0) {
            return this;
        }
        int[] positions = positions();
        Panel rest = hiding((unit, arms) -> Transitions.hide(arms, positions, lead, washout));
        if (rest.cellsInArm(0) == 0) {
            throw new InvalidPanelException("no control cell is left without the " + lead
                    + " periods before each start of treatment and the " + washout
                    + " after each end: leave out fewer");
        }
        return new Panel(
                names,
                storage,
                blockRows,
                rest.blocks,
                rest.cellsPerArm,
                rest.largestOutcome,
                null,
                null,
                new LeftOut(leftOut.lead + lead, leftOut.washout + washout));
    }

    /** A view without some cells; an arm may have none left. */
    Panel hiding(HidingBlocks.Rule rule) {
        RowBlocks rest = new HidingBlocks(blocks(), rule);
        long[] left = new long[arms()];
        double largest = 0;
        for (RowBlock block : rest) {
            for (byte arm : block.arms()) {
                if (arm != RowBlock.MISSING) {
                    left[arm]++;
                }
            }
            for (double outcome : block.outcomes()) {
                largest = Math.max(largest, Math.abs(outcome));
            }
        }
        return new Panel(names, storage, blockRows, rest, left, largest, null, null, leftOut);
    }

    /** What was left out around treatments. */
    LeftOut leftOut() {
        return leftOut;
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

    /** The positions of the periods in time, which follow from their names; absent periods are counted. */
    int[] positions() {
        return names.positions();
    }

    /** Whether the cells can be read: not from the panel of a detached result. */
    boolean hasCells() {
        return !(blocks instanceof ReleasedBlocks);
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
        requireWhole(CELLS);
        return blocks;
    }

    private void requireCell(int unit, int period) {
        Objects.checkIndex(unit, units());
        Objects.checkIndex(period, periods());
        requireWhole(CELLS);
    }

    /**
     * Describes the panel.
     *
     * @return its size and number of arms
     */
    @Override
    public String toString() {
        return "panel of " + units() + " units, " + periods() + " periods and the arms " + armNames();
    }
}
