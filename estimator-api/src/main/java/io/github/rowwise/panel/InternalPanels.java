package io.github.rowwise.panel;

import io.github.rowwise.engine.ShardCheckpoint;
import io.github.rowwise.internal.assignment.Assignment;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.internal.pass.HidingBlocks;
import io.github.rowwise.internal.pass.PanelTotals;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.pass.RowBlocks;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Not part of the API: what the other packages of this module need of a panel and no caller does.
 *
 * @hidden
 */
@SuppressWarnings({"exports", "InvalidBlockTag"}) // Error Prone does not know @hidden
public final class InternalPanels {

    private InternalPanels() {}

    /**
     * Opens a panel for passes over its rows, on this process's threads or by its engine.
     *
     * @param panel the panel
     * @param threads number of threads
     * @param executor runs the threads' work, {@code null} for own threads
     * @param progress is called for each pass
     * @return to be closed
     */
    public static PassRunner runner(
            Panel panel, int threads, @Nullable Executor executor, FitProgressTracker progress) {
        return panel.runner(threads, executor, progress);
    }

    /**
     * Returns the totals over all units, those of other shards included.
     *
     * @param panel the panel
     * @param runner sums over the shards
     * @return the totals
     */
    public static PanelTotals totals(Panel panel, PassRunner runner) {
        return panel.totals(runner);
    }

    /**
     * Returns the rows of a panel that is whole.
     *
     * @param panel the panel
     * @return its row blocks
     * @throws IllegalStateException for a shard
     */
    public static RowBlocks blocks(Panel panel) {
        return panel.blocks();
    }

    /**
     * Returns the largest absolute outcome, which decides the power of two that outcomes are scaled by.
     *
     * @param panel the panel
     * @return 0 or more
     */
    public static double largestOutcome(Panel panel) {
        return panel.largestOutcome();
    }

    /**
     * Returns where the fit of a shard is kept.
     *
     * @param panel the panel
     * @return {@code null} for nowhere, or if the panel is whole
     */
    public static @Nullable ShardCheckpoint shardCheckpoint(Panel panel) {
        return panel.shardCheckpoint();
    }

    /**
     * Rejects a question that takes all units of a panel.
     *
     * @param panel the panel
     * @param what is asked for, as the message calls it
     * @throws IllegalStateException for a shard
     */
    public static void requireWhole(Panel panel, String what) {
        panel.requireWhole(what);
    }

    /**
     * Returns the panel that diagnostics are about.
     *
     * @param diagnostics of a panel
     * @return the panel
     */
    public static Panel panel(PanelDiagnostics diagnostics) {
        return diagnostics.panel();
    }

    /**
     * Returns a panel with names and sizes but without cells.
     *
     * @param panel the panel, whose fingerprint is computed if it is not known
     * @return a panel whose cells cannot be read
     */
    public static Panel withoutCells(Panel panel) {
        return panel.withoutCells();
    }

    /**
     * Creates a panel with names and sizes but without cells.
     *
     * @param names of the units, the periods, the arms and the covariates
     * @param storage of the panel that had the cells
     * @param cellsPerArm observed cells of each arm
     * @param largestOutcome largest absolute outcome
     * @param fingerprint of the panel that had the cells
     * @return a panel whose cells cannot be read
     */
    public static Panel withoutCells(
            List<List<String>> names,
            OutcomeStorage storage,
            long[] cellsPerArm,
            double largestOutcome,
            String fingerprint) {
        return new Panel(
                PanelNames.check(names.get(0), names.get(1), names.get(2)).withCovariates(names.get(3)),
                storage,
                1,
                new ReleasedBlocks(),
                cellsPerArm,
                largestOutcome,
                fingerprint,
                null);
    }

    /**
     * Creates diagnostics of a whole panel whose assignment is known.
     *
     * @param panel the panel
     * @param assignment its assignment
     * @param warnings its warnings; those about outcomes become part of the diagnostics
     * @return the diagnostics
     */
    public static PanelDiagnostics diagnostics(Panel panel, Assignment assignment, List<Warning> warnings) {
        return PanelDiagnostics.of(panel, assignment, warnings);
    }

    /**
     * Returns the assignment behind diagnostics.
     *
     * @param diagnostics of a panel
     * @return the assignment
     */
    public static Assignment assignment(PanelDiagnostics diagnostics) {
        return diagnostics.assignment();
    }

    /**
     * Returns the same diagnostics about an equal panel.
     *
     * @param diagnostics of a panel
     * @param panel with the same names and assignment
     * @return diagnostics that do not refer to the former panel
     */
    public static PanelDiagnostics withPanel(PanelDiagnostics diagnostics, Panel panel) {
        return diagnostics.withPanel(panel);
    }

    /**
     * Returns the positions of the periods in time.
     *
     * @param panel the panel
     * @return one number per period, from 0 on and increasing; consecutive if no period is absent or the step of time is not
     *     regular. The array is not copied
     */
    public static int[] positions(Panel panel) {
        return panel.positions();
    }

    /**
     * Returns a view of a panel without some of its cells.
     *
     * @param panel the panel, which is whole
     * @param rule decides which cells are hidden
     * @return a panel that reads the cells of the other; an arm may have no cell left
     */
    public static Panel hiding(Panel panel, HidingBlocks.Rule rule) {
        return panel.hiding(rule);
    }

    /**
     * Returns the number of periods that were left out before each start of treatment.
     *
     * @param panel the panel
     * @return 0 or more
     */
    public static int lead(Panel panel) {
        return panel.leftOut().lead();
    }

    /**
     * Returns the number of periods that were left out after each end of treatment.
     *
     * @param panel the panel
     * @return 0 or more
     */
    public static int washout(Panel panel) {
        return panel.leftOut().washout();
    }

    /**
     * Returns whether the cells of a panel can be read.
     *
     * @param panel the panel
     * @return false for the panel of a detached result
     */
    public static boolean hasCells(Panel panel) {
        return panel.hasCells();
    }

    /**
     * Returns whether all units of a panel are here.
     *
     * @param panel the panel
     * @return false for a shard
     */
    public static boolean isWhole(Panel panel) {
        return panel.isWhole();
    }

    /**
     * Reads the assignment with the runner of a fit.
     *
     * @param panel the panel
     * @param runner passes over the rows
     * @return the diagnostics of the panel
     */
    public static PanelDiagnostics diagnostics(Panel panel, PassRunner runner) {
        return PanelDiagnostics.of(panel, runner);
    }

    /**
     * Returns the number of units, those of other shards included.
     *
     * @param diagnostics of a panel
     * @return n
     */
    public static int allUnits(PanelDiagnostics diagnostics) {
        return diagnostics.allUnits();
    }
}
