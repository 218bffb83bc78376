package io.github.rowwise.cli;

import io.github.rowwise.cli.output.TextWidth;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Shows the progress of a task on one line of the terminal, if it takes more than two seconds. The line is overwritten and
 * disappears at the end.
 */
final class Progress {

    private static final long PATIENCE_MILLIS = 2000;
    private static final long STEP_MILLIS = 500;
    private static final int WIDTH = 79;
    private static final int BAR = 20;

    /** Share of the work before which the remaining time cannot be predicted. */
    private static final double TELLING = .05;

    private final Terminal terminal;
    private final boolean shown;

    private String work = "";
    private String line = "";
    private long start;
    private double firstFraction = Double.NaN;
    private long firstTime;
    private double fraction;
    private long fractionTime;

    Progress(Terminal terminal, boolean wanted) {
        this.terminal = terminal;
        this.shown = wanted && terminal.showsProgress();
    }

    /** Runs a task. One line shows its name, the seconds so far and the remaining time until it ends. */
    <T> T during(String name, Supplier<T> task) {
        begin(name);
        if (!shown) {
            return task.get();
        }
        CountDownLatch done = new CountDownLatch(1);
        Thread watcher = new Thread(() -> watch(done), "progress");
        watcher.setDaemon(true);
        watcher.start();
        Thread interrupted = new Thread(this::clear, "progress-end");
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            return task.get();
        } finally {
            done.countDown();
            join(watcher);
            clear();
            forget(interrupted);
        }
    }

    /** Changes the name of the task. */
    synchronized void rename(String name) {
        work = name;
    }

    /** Reports the share of the task that is done, from which the remaining time is predicted. */
    synchronized void reached(double share) {
        fractionTime = System.nanoTime();
        fraction = share;
        if (Double.isNaN(firstFraction)) {
            firstFraction = share;
            firstTime = fractionTime;
        }
    }

    /** Prints a line to standard error, also without a progress line. */
    synchronized void say(String message) {
        clear();
        terminal.err().println("rowwise: " + message);
        terminal.err().flush();
    }

    private synchronized void begin(String name) {
        work = name;
        start = System.nanoTime();
        fraction = 0;
        firstFraction = Double.NaN;
    }

    private void watch(CountDownLatch done) {
        try {
            boolean isDone = done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            while (!isDone) {
                show();
                isDone = done.await(STEP_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void show() {
        long now = System.nanoTime();
        double left = Double.NaN;
        if (fraction - firstFraction > TELLING) {
            double pace = (fractionTime - firstTime) / 1e9 / (fraction - firstFraction);
            left = Math.max(1, pace * (1 - fraction) - (now - fractionTime) / 1e9);
        }
        String next = line(work, (now - start) / 1e9, fraction, left);
        int gone = TextWidth.width(line) - TextWidth.width(next);
        terminal.err().print('\r' + next + " ".repeat(Math.max(0, gone)));
        terminal.err().flush();
        line = next;
    }

    /**
     * Returns one line of at most 79 columns.
     *
     * @param done share of the work, 0 if unknown
     * @param left remaining seconds, NaN if unknown
     */
    static String line(String work, double seconds, double done, double left) {
        String end = " ... " + duration(seconds);
        if (done > 0) {
            int full = (int) Math.round(done * BAR);
            end = String.format(
                    Locale.ROOT,
                    "  [%s%s] %3d %%  %s%s",
                    "#".repeat(full),
                    "-".repeat(BAR - full),
                    (int) (100 * done),
                    duration(seconds),
                    Double.isNaN(left) ? "" : ", about " + duration(left) + " left");
        }
        return TextWidth.shorten(work, WIDTH - end.length()) + end;
    }

    private static String duration(double seconds) {
        if (seconds < 100) {
            return Math.round(seconds) + " s";
        }
        return seconds < 6000 ? Math.round(seconds / 60) + " min" : Math.round(seconds / 3600) + " h";
    }

    private synchronized void clear() {
        if (!line.isEmpty()) {
            terminal.err().print('\r' + " ".repeat(TextWidth.width(line)) + '\r');
            terminal.err().flush();
            line = "";
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Interrupted: the shutdown hook is running.
        }
    }

    private static void join(Thread watcher) {
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
