package io.github.rowwise.cli;

import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Tells a person who watches that work is going on, once it takes more than two seconds. */
final class Progress {

    private static final long PATIENCE_MILLIS = 2000;
    private static final long STEP_MILLIS = 500;

    private final Terminal terminal;
    private final boolean shown;

    Progress(Terminal terminal, boolean wanted) {
        this.terminal = terminal;
        this.shown = wanted && terminal.showsProgress();
    }

    /** Does some work; its name and the seconds so far stand on one line until it is done. */
    <T> T during(String work, Supplier<T> task) {
        return during(work, rename -> task.get());
    }

    /** Does some work that changes its name while it goes on. */
    <T> T during(String firstWork, Function<Consumer<String>, T> task) {
        AtomicReference<String> work = new AtomicReference<>(firstWork);
        if (!shown) {
            return task.apply(work::set);
        }
        CountDownLatch done = new CountDownLatch(1);
        Thread watcher = new Thread(() -> watch(work::get, done), "progress");
        watcher.setDaemon(true);
        watcher.start();
        try {
            return task.apply(work::set);
        } finally {
            done.countDown();
            join(watcher);
        }
    }

    private void watch(Supplier<String> work, CountDownLatch done) {
        long start = System.nanoTime();
        try {
            boolean isDone = done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            if (isDone) {
                return;
            }
            String line = "";
            while (!isDone) {
                String next =
                        String.format(Locale.ROOT, "%s ... %.0f s", work.get(), (System.nanoTime() - start) / 1e9);
                terminal.err().print('\r' + next + " ".repeat(Math.max(0, line.length() - next.length())));
                line = next;
                terminal.err().flush();
                isDone = done.await(STEP_MILLIS, TimeUnit.MILLISECONDS);
            }
            terminal.err().print('\r' + " ".repeat(line.length()) + '\r');
            terminal.err().flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
