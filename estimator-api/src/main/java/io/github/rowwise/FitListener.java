package io.github.rowwise;

/**
 * Is called after each pass of a fit.
 *
 * <p>It is called in the thread that called {@code fit}, once for each pass over the panel, in order, after what follows from
 * the pass was computed; for the last time with {@link FitProgress#fraction()} 1 when the result is whole. The same panel,
 * options and seed give the same events, whatever the number of threads. The fit waits for it, and its result does not depend
 * on it. An exception that it throws ends the fit and reaches the caller as it is.
 *
 * <p>To call a fit off, interrupt its thread, as {@link java.util.concurrent.Future#cancel Future.cancel(true)} and {@link
 * java.util.concurrent.ExecutorService#shutdownNow} do: whether anybody listens or not, it ends within the time that a block of some
 * dozen units takes, or the hash of the panel where a checkpoint is to be kept, with a {@link
 * java.util.concurrent.CancellationException}. By then its own threads have stopped, the panel can be used
 * on or closed, a checkpoint is the one of the last finished iteration, and the thread's interrupt status is set.
 *
 * <pre class="example">{@code
 * FitListener listener = progress -> System.out.printf("%.0f %%%n", 100 * progress.fraction());
 * UnitEffects refined = FactorModelEstimator.withDefaults().withListener(listener).fit(panel);
 * }</pre>
 */
@FunctionalInterface
public interface FitListener {

    /**
     * Hears of a pass.
     *
     * @param progress where the fit stands
     */
    void passed(FitProgress progress);
}
