package io.github.rowwise;

import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.FitProgressTracker;
import io.github.rowwise.internal.pass.PanelTotals;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.stats.ConfidenceLevel;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Options that all estimators have in common.
 *
 * @param confidenceLevel confidence level of reported intervals
 * @param seed seed of everything random
 * @param threads number of threads
 * @param executor runs the work of the threads, {@code null} for threads of the fit's own
 * @param backend finds the backend when a fit begins
 * @param listener is called after each pass
 */
record RunOptions(
        double confidenceLevel,
        long seed,
        int threads,
        @Nullable Executor executor,
        Supplier<LinearAlgebra> backend,
        FitListener listener) {

    static final RunOptions DEFAULTS =
            new RunOptions(0.95, 1, Runtime.getRuntime().availableProcessors(), null, Backends::select, progress -> {});

    /** What an estimator does with the core's view of a panel. */
    interface Computation<R> {
        R run(PanelView view, LinearAlgebra algebra);
    }

    RunOptions withConfidenceLevel(double confidence) {
        return new RunOptions(ConfidenceLevel.require(confidence), seed, threads, executor, backend, listener);
    }

    RunOptions withSeed(long number) {
        return new RunOptions(confidenceLevel, number, threads, executor, backend, listener);
    }

    RunOptions withThreads(int number) {
        if (number < 1) {
            throw new IllegalArgumentException(number + " threads: give 1 or more");
        }
        return new RunOptions(confidenceLevel, seed, number, executor, backend, listener);
    }

    RunOptions withExecutor(Executor runs) {
        return new RunOptions(
                confidenceLevel, seed, threads, Objects.requireNonNull(runs, "executor"), backend, listener);
    }

    RunOptions withBackend(String name) {
        Objects.requireNonNull(name, "name");
        return new RunOptions(confidenceLevel, seed, threads, executor, () -> Backends.named(name), listener);
    }

    RunOptions withBackend(LinearAlgebra algebra) {
        Objects.requireNonNull(algebra, "algebra");
        return new RunOptions(confidenceLevel, seed, threads, executor, () -> algebra, listener);
    }

    RunOptions withListener(FitListener called) {
        return new RunOptions(
                confidenceLevel, seed, threads, executor, backend, Objects.requireNonNull(called, "listener"));
    }

    /**
     * Opens the panel for one computation of the core.
     *
     * @param method name of the method, for the listener
     */
    <R> R run(String method, Panel panel, Computation<R> computation) {
        LinearAlgebra algebra = backend.get();
        FitProgressTracker progress = new FitProgressTracker(now -> listener.passed(new FitProgress(
                method, FitStage.valueOf(now.stage().name()), now.passes(), now.rank(), now.change(), now.fraction())));
        try (PassRunner runner = InternalPanels.runner(panel, threads, executor, progress)) {
            PanelTotals totals = InternalPanels.totals(panel, runner);
            CellHash hash = new CellHash(seed, panel.unitNames(), panel.periodNames());
            double scale = PanelView.scaleFor(totals.largestOutcome());
            PanelView view =
                    new PanelView(runner, panel.units(), totals.units(), panel.periods(), panel.arms(), scale, hash);
            R result = computation.run(view, algebra);
            progress.done();
            return result;
        } catch (UncheckedIOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted while the panel was read");
            }
            throw e;
        }
    }
}
