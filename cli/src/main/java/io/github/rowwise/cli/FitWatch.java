package io.github.rowwise.cli;

import io.github.rowwise.FitListener;
import io.github.rowwise.FitProgress;
import java.util.Locale;

/** Shows the progress of a fit on the progress line, and each pass with {@code --verbose}. */
final class FitWatch implements FitListener {

    private final Progress progress;
    private final String work;
    private final boolean verbose;
    private long before = System.nanoTime();

    /**
     * Creates the listener of a fit that begins now.
     *
     * @param work name of the work, such as {@code fitting}
     */
    FitWatch(Progress progress, String work, boolean verbose) {
        this.progress = progress;
        this.work = work;
        this.verbose = verbose;
    }

    @Override
    public void passed(FitProgress fit) {
        String stage = fit.stage().name().toLowerCase(Locale.ROOT)
                + (fit.rank().isPresent() ? ", rank " + fit.rank().getAsInt() : "");
        progress.rename(work + ": " + stage);
        progress.reached(fit.fraction());
        if (verbose) {
            long now = System.nanoTime();
            progress.say(String.format(
                    Locale.ROOT,
                    "%s, pass %d, %s%s, %.2f s",
                    work,
                    fit.pass(),
                    stage,
                    fit.change().isPresent()
                            ? String.format(
                                    Locale.ROOT, ", change %.1e", fit.change().getAsDouble())
                            : "",
                    (now - before) / 1e9));
            before = now;
        }
    }
}
