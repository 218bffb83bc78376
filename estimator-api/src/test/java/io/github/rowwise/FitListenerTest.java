package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelFile;
import io.github.rowwise.panel.Panels;
import io.github.rowwise.simulation.PanelSimulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who listens to a fit, and how it is called off. */
@Tag("slow")
@Isolated("counts the threads of a pass")
@Timeout(120)
class FitListenerTest {

    private static final Panel SMALL = Panels.withBlockRows(Draws.random(4, 40, 36, 2, .1), 8);
    private static final Panel LARGE = Panels.withBlockRows(
            PanelSimulation.withDefaults().withSize(450, 320).generate().panel(), 32);

    private static final FitListener NOBODY = progress -> {};

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    interface Fit {
        UnitEffects apply(FitListener listener, int threads);
    }

    /** A fit of a panel. */
    record Case(String name, Panel panel, Fit fit, List<FitStage> stages) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        List<FitStage> small = List.of(
                FitStage.ASSIGNMENT, FitStage.MEANS, FitStage.FACTORS, FitStage.OUTLIER_CLIPPING, FitStage.EFFECTS);
        List<FitStage> large = new ArrayList<>(small);
        large.add(2, FitStage.SPECTRUM);
        List<FitStage> spectral = List.of(FitStage.ASSIGNMENT, FitStage.MEANS, FitStage.SPECTRUM, FitStage.EFFECTS);
        FactorModelEstimator model = FactorModelEstimator.withDefaults().withBackend("ejml");
        SpectralEstimator algorithm1 = SpectralEstimator.withDefaults().withBackend("ejml");
        return Stream.of(
                factorModel("factor model, small", SMALL, model.withRankLimit(2), small),
                factorModel("factor model, large", LARGE, model, large),
                factorModel("both forms", LARGE, model.withEffects(EffectsForm.AUTO), large),
                new Case(
                        "Algorithm 1, large",
                        LARGE,
                        (listener, threads) -> algorithm1
                                .withListener(listener)
                                .withThreads(threads)
                                .fit(LARGE),
                        spectral),
                new Case(
                        "Algorithm 1, held-out cells",
                        SMALL,
                        (listener, threads) -> algorithm1
                                .withRank(RankRule.heldOut())
                                .withListener(listener)
                                .withThreads(threads)
                                .fit(SMALL),
                        spectral));
    }

    private static Case factorModel(String name, Panel panel, FactorModelEstimator estimator, List<FitStage> stages) {
        return new Case(
                name,
                panel,
                (listener, threads) ->
                        estimator.withListener(listener).withThreads(threads).fit(panel),
                stages);
    }

    @AfterEach
    void noInterruptStays() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itHearsOfEachPassInOrder(Case c) {
        List<FitProgress> heard = new ArrayList<>();
        UnitEffects effects = c.fit().apply(heard::add, 2);

        assertThat(heard.stream().map(FitProgress::pass))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, heard.size()).boxed().toList());
        assertThat(heard)
                .allMatch(progress ->
                        progress.method().equals(effects.provenance().method()));
        assertThat(heard.stream().map(FitProgress::stage).distinct()).containsExactlyElementsOf(c.stages());
        double before = 0;
        for (FitProgress progress : heard) {
            assertThat(progress.fraction()).isPositive().isGreaterThanOrEqualTo(before);
            before = progress.fraction();
            assertThat(progress.fraction() == 1).isEqualTo(progress.pass() == heard.size());
            boolean iterates = progress.stage() == FitStage.FACTORS || progress.stage() == FitStage.OUTLIER_CLIPPING;
            assertThat(iterates || progress.change().isEmpty()).isTrue();
        }
        int rank = effects.factorModel()
                .map(FactorModel::rank)
                .orElseGet(() ->
                        Math.max(effects.spectrum(0).rank(), effects.spectrum(1).rank()));
        assertThat(heard.get(heard.size() - 1).rank()).hasValue(rank);
        assertThat(heard.get(0).rank()).isEmpty();
        Optional<FactorModel> model = effects.factorModel();
        if (model.isPresent()) {
            assertThat(heard.stream().filter(progress -> progress.change().isPresent()))
                    .hasSizeGreaterThan(5)
                    .allMatch(progress -> Math.abs(progress.change().orElseThrow()) < 1);
            assertThat(heard.size()).isGreaterThan(model.get().passes());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itChangesNothingAndHearsTheSameOnAnyNumberOfThreads(Case c) {
        double[] expected = Tables.ate(c.fit().apply(NOBODY, 1), 1);
        List<FitProgress> first = new ArrayList<>();
        c.fit().apply(first::add, 1);
        for (int threads : new int[] {2, 5}) {
            List<FitProgress> heard = new ArrayList<>();
            Thread caller = Thread.currentThread();
            UnitEffects effects = c.fit()
                    .apply(
                            progress -> {
                                assertThat(Thread.currentThread()).isSameAs(caller);
                                heard.add(progress);
                            },
                            threads);
            assertThat(Tables.ate(effects, 1)).containsExactly(expected);
            assertThat(heard).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anInterruptCallsItOffWheneverItComes(Case c) throws InterruptedException {
        int passes = passes(c);
        for (int at = 1; at < passes; at += Math.max(1, passes / 7)) {
            List<FitProgress> heard = new ArrayList<>();
            int last = at;
            assertThatThrownBy(() -> c.fit().apply(interruptingAt(last, heard), 2))
                    .isInstanceOf(CancellationException.class);
            assertThat(heard).as("nothing is heard after it").hasSize(last);
            assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
            assertPassThreadsEnd();
        }
    }

    @Test
    void whoInterruptsFromOutsideWaitsForABlockAndNotForTheFit() throws InterruptedException {
        List<Throwable> thrown = new ArrayList<>();
        Thread fit = new Thread(() -> {
            try {
                FactorModelEstimator.withDefaults().withBackend("ejml").fit(LARGE);
            } catch (CancellationException e) {
                thrown.add(e);
            }
        });
        fit.start();
        while (passThreads().isEmpty() && fit.isAlive()) {
            Thread.onSpinWait();
        }
        fit.interrupt();
        long start = System.nanoTime();
        fit.join();
        assertThat(thrown).hasSize(1);
        assertThat((System.nanoTime() - start) / 1e9).as("seconds").isLessThan(5);
    }

    private static int passes(Case c) {
        List<FitProgress> all = new ArrayList<>();
        c.fit().apply(all::add, 2);
        return all.size();
    }

    private static FitListener interruptingAt(int pass, List<FitProgress> heard) {
        return progress -> {
            heard.add(progress);
            if (progress.pass() == pass) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private static List<Thread> passThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("rowwise-pass"))
                .toList();
    }

    private static void assertPassThreadsEnd() throws InterruptedException {
        for (Thread thread : passThreads()) {
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aPanelFileIsStillOfUseAfterAnInterrupt(int threads) {
        Path path = folder.resolve("panel.rowwise");
        PanelFile.write(SMALL, path, OutcomeStorage.DOUBLE);
        FactorModelEstimator estimator = FactorModelEstimator.withDefaults()
                .withBackend("ejml")
                .withRankLimit(2)
                .withThreads(threads);
        try (PanelFile file = PanelFile.open(path)) {
            double[] expected = Tables.ate(estimator.fit(file.panel()), 1);
            for (int at = 1; at < 30; at += 4) {
                int last = at;
                assertThatThrownBy(() -> estimator
                                .withListener(interruptingAt(last, new ArrayList<>()))
                                .fit(file.panel()))
                        .isInstanceOf(CancellationException.class);
                assertThat(Thread.interrupted()).isTrue();
            }
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> estimator.fit(file.panel())).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(Tables.ate(estimator.fit(file.panel()), 1)).containsExactly(expected);
        }
    }

    @Test
    void aCheckpointStaysAndTheFitGoesOnFromIt() throws IOException {
        FactorModelEstimator plain = FactorModelEstimator.withDefaults().withBackend("ejml");
        double[] expected = Tables.ate(plain.fit(LARGE), 1);
        Path file = folder.resolve("fit.checkpoint");
        List<Integer> resumed = new ArrayList<>();
        FactorModelEstimator kept = plain.withCheckpoint(file, resumed::add);
        int calls = 0;
        UnitEffects effects = null;
        while (effects == null) {
            calls++;
            try {
                effects = kept.withListener(interruptingAtSecondIteration()).fit(LARGE);
            } catch (CancellationException e) {
                assertThat(Thread.interrupted()).isTrue();
            }
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).as("what is left beside the checkpoint").containsExactly(file);
            }
        }
        assertThat(calls).isGreaterThan(3);
        assertThat(resumed).isSorted().hasSizeGreaterThan(2);
        assertThat(Tables.ate(effects, 1)).containsExactly(expected);
    }

    /** So that each call comes further than the one before. */
    private static FitListener interruptingAtSecondIteration() {
        AtomicInteger iterations = new AtomicInteger();
        return progress -> {
            if (progress.change().isPresent() && iterations.incrementAndGet() == 2) {
                Thread.currentThread().interrupt();
            }
        };
    }

    @Test
    void anInterruptWhileACheckpointIsWrittenLeavesTheFormer() throws IOException {
        Path path = folder.resolve("fit.checkpoint");
        CheckpointFile file = new CheckpointFile(path, Map.of(), iterations -> {}, () -> {});
        file.save(fields -> fields.number(1));
        byte[] before = Files.readAllBytes(path);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> file.save(fields -> fields.number(2))).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> file.load(fields -> fields.number(0))).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Files.readAllBytes(path)).containsExactly(before);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void whatItThrowsReachesTheCaller() {
        IllegalStateException defect = new IllegalStateException("of the listener");
        FitListener broken = progress -> {
            if (progress.pass() == 7) {
                throw defect;
            }
        };
        assertThatThrownBy(() -> FactorModelEstimator.withDefaults()
                        .withBackend("ejml")
                        .withListener(broken)
                        .fit(SMALL))
                .isSameAs(defect);
    }
}
