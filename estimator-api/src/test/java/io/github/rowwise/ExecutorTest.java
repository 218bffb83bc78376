package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelFile;
import io.github.rowwise.panel.Panels;
import io.github.rowwise.simulation.PanelSimulation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fits on a caller's executor, and one estimator and one panel used by many threads at once. */
@Timeout(120)
@Isolated("looks at the threads of the process")
class ExecutorTest {

    private static final Panel PANEL = Panels.withBlockRows(
            PanelSimulation.withDefaults()
                    .withSize(60, 40)
                    .withMissing(0.1)
                    .generate()
                    .panel(),
            4);

    private static final FactorModelEstimator FACTORS =
            FactorModelEstimator.withDefaults().withBackend("ejml").withThreads(3);
    private static final SpectralEstimator SPECTRAL =
            SpectralEstimator.withDefaults().withBackend("ejml").withThreads(3);

    private static List<Object> numbers(UnitEffects effects) {
        List<Object> all = new ArrayList<>(effects.effects());
        all.replaceAll(Object::toString);
        for (double value : effects.effectMatrix().loadings().values()) {
            all.add(value);
        }
        all.add(effects.averages(1).toString());
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void theExecutorDoesTheWorkAndChangesNothing(int size) throws InterruptedException {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        ExecutorService pool = Executors.newFixedThreadPool(size, work -> new Thread(work, "mine"));
        Executor watched = work -> pool.execute(() -> {
            threads.add(Thread.currentThread().getName());
            work.run();
        });
        try {
            assertThat(numbers(FACTORS.withExecutor(watched).fit(PANEL))).isEqualTo(numbers(FACTORS.fit(PANEL)));
            assertThat(numbers(SPECTRAL.withExecutor(watched).fit(PANEL))).isEqualTo(numbers(SPECTRAL.fit(PANEL)));
            assertThat(threads).containsOnly("mine");
        } finally {
            pool.shutdownNow();
        }
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void noThreadOfItsOwnIsStarted() {
        UnitEffects effects = FACTORS.withExecutor(Runnable::run)
                .withListener(progress -> assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().equals("rowwise-pass") && thread.isAlive()))
                .fit(PANEL);

        assertThat(numbers(effects)).isEqualTo(numbers(FACTORS.fit(PANEL)));
    }

    /** Fits occupy all threads of the executor that their own tasks are given to. */
    @Test
    void aSaturatedExecutorDoesNotBlock() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<UnitEffects>> fits = new ArrayList<>();
            for (int k = 0; k < 6; k++) {
                fits.add(pool.submit(() -> FACTORS.withExecutor(pool).fit(PANEL)));
            }
            List<Object> expected = numbers(FACTORS.fit(PANEL));
            for (Future<UnitEffects> fit : fits) {
                assertThat(numbers(fit.get())).isEqualTo(expected);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void anExecutorThatRejectsOrNeverRunsTasksLeavesTheWorkToTheCaller() {
        List<Object> expected = numbers(SPECTRAL.fit(PANEL));

        assertThat(numbers(SPECTRAL.withExecutor(work -> {
                            throw new RejectedExecutionException("full");
                        })
                        .fit(PANEL)))
                .isEqualTo(expected);
        List<Runnable> never = new ArrayList<>();
        assertThat(numbers(SPECTRAL.withExecutor(never::add).fit(PANEL))).isEqualTo(expected);
        // Tasks that come too late do nothing.
        never.forEach(Runnable::run);
    }

    @Test
    void aBrokenExecutorFailsTheFit() {
        assertThatThrownBy(() -> SPECTRAL.withExecutor(work -> {
                            throw new IllegalStateException("broken");
                        })
                        .fit(PANEL))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
    }

    @Test
    void anInterruptOfTheCallerCancelsTheFit() {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            Thread caller = Thread.currentThread();
            assertThatThrownBy(() -> FACTORS.withExecutor(pool)
                            .withListener(progress -> caller.interrupt())
                            .fit(PANEL))
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void oneEstimatorAndOneFileServeManyThreads(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("panel.rowwise");
        // Four blocks, so that the fits read the file at the same time.
        Panel panel =
                PanelSimulation.withDefaults().withSize(200, 1500).generate().panel();
        PanelFile.write(panel, path, OutcomeStorage.DOUBLE);
        List<Object> factors = numbers(FACTORS.fit(panel));
        List<Object> spectral = numbers(SPECTRAL.fit(panel));
        ExecutorService pool = Executors.newFixedThreadPool(6);
        CountDownLatch start = new CountDownLatch(6);
        try (PanelFile file = PanelFile.open(path)) {
            List<Future<List<Object>>> fits = new ArrayList<>();
            for (int k = 0; k < 6; k++) {
                Estimator estimator = k % 2 == 0 ? FACTORS : SPECTRAL;
                fits.add(pool.submit(() -> {
                    start.countDown();
                    start.await();
                    return numbers(estimator.fit(file.panel()));
                }));
            }
            for (int k = 0; k < 6; k++) {
                assertThat(fits.get(k).get()).isEqualTo(k % 2 == 0 ? factors : spectral);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
