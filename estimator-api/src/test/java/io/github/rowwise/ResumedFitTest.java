package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.internal.factor.FactorForm;
import io.github.rowwise.internal.factor.FactorModelFit;
import io.github.rowwise.internal.factor.FactorModelFitter;
import io.github.rowwise.internal.factor.FactorOptions;
import io.github.rowwise.internal.factor.model.CheckpointCodec;
import io.github.rowwise.internal.factor.model.CheckpointStore;
import io.github.rowwise.internal.factor.summary.SummaryOptions;
import io.github.rowwise.internal.stats.EffectEstimates;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.Panels;
import io.github.rowwise.simulation.PanelSimulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fit of the factor model that is interrupted, wherever that is, ends in the same doubles once it was gone on with. */
@Tag("slow")
class ResumedFitTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /**
     * A fit.
     *
     * @param form the form of the effects
     */
    record Case(String name, Panel panel, boolean correlated, FactorForm form, int rank) {

        FactorModelFit fit(int threads, CheckpointStore store) {
            BitSet units = new BitSet();
            units.set(0, panel.units());
            return RunOptions.DEFAULTS
                    .withBackend("ejml")
                    .withThreads(threads)
                    .run(
                            "a fit",
                            panel,
                            (view, algebra) -> FactorModelFitter.fit(
                                    view,
                                    algebra,
                                    correlated,
                                    form,
                                    new FactorOptions(rank, 1e-4, 16, 2),
                                    new SummaryOptions(Collections.nCopies(panel.arms() - 1, units), true, false),
                                    store));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Units drift, and two thirds of them adopt and stay. */
    private static Panel adopting() {
        SplittableRandom random = new SplittableRandom(8);
        double[][] outcomes = new double[48][42];
        int[][] arms = new int[48][42];
        for (int i = 0; i < 48; i++) {
            double drift = random.nextGaussian();
            double effect = 2 + random.nextGaussian();
            int start = i % 3 == 0 ? 42 : random.nextInt(10, 36);
            for (int j = 0; j < 42; j++) {
                drift += .3 * random.nextGaussian();
                arms[i][j] = j >= start ? 1 : 0;
                outcomes[i][j] = drift + .3 * random.nextGaussian();
                outcomes[i][j] += arms[i][j] * effect * (1 - Math.exp(-(j - start) / 5.0));
            }
        }
        return Panels.withBlockRows(Draws.panel(outcomes, arms), 16);
    }

    static Stream<Case> cases() {
        Panel two = Panels.withBlockRows(Draws.random(4, 32, 26, 2, .1), 12);
        Panel three = Panels.withBlockRows(Draws.random(3, 32, 26, 3, .1), 12);
        // More than 200 units and periods start by Krylov passes.
        Panel large = Panels.withBlockRows(
                PanelSimulation.withDefaults()
                        .withSize(230, 210)
                        .withNoiseForm(PanelSimulation.NoiseForm.AUTOREGRESSIVE)
                        .generate()
                        .panel(),
                64);
        Panel lonely = Draws.with(two, (unit, period, arm, y) -> unit == 7 ? y + 40 * Math.sin(period * period) : y);
        Panel following =
                Draws.with(two, (unit, period, arm, y) -> y + (arm == 0 ? .5 : 2) * (unit % 5 - 2) * Math.sin(period));
        Panel rejecting = Panels.withBlockRows(
                PanelSimulation.withDefaults()
                        .withSize(50, 40)
                        .withRank(6)
                        .withNoise(3)
                        .withAssignment(PanelSimulation.Assignment.CONFOUNDED)
                        .withNoiseForm(PanelSimulation.NoiseForm.AUTOREGRESSIVE)
                        .withMissing(.05)
                        .generate()
                        .panel(),
                16);
        return Stream.of(
                new Case("two arms, ar1, effects on factors", two, true, FactorForm.FACTORS, 8),
                new Case("two arms, iid, constant effects", two, false, FactorForm.CONSTANT, 8),
                new Case("two arms, ar1, both forms", two, true, FactorForm.AUTO, 4),
                new Case("two arms, ar1, both forms, effects follow a factor", following, true, FactorForm.AUTO, 4),
                new Case("three arms, ar1, effects on factors", three, true, FactorForm.FACTORS, 4),
                new Case("three arms, iid, both forms", three, false, FactorForm.AUTO, 4),
                new Case("steps and trials that are rejected", rejecting, true, FactorForm.FACTORS, 3),
                new Case("a factor of one unit", lonely, true, FactorForm.FACTORS, 6),
                new Case("units that drift and adopt, effects that build up", adopting(), true, FactorForm.AUTO, 4),
                new Case("many units and periods", large, true, FactorForm.FACTORS, 8));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void interruptedAfterAnyIterationItEndsInTheSameDoubles(Case c) throws IOException {
        Path file = folder.resolve("fit.checkpoint");
        Interrupting whole = new Interrupting(file, Integer.MAX_VALUE);
        double[] expected = numbers(c.fit(1, whole));
        assertThat(numbers(c.fit(1, CheckpointStore.NONE))).containsExactly(expected);
        assertThat(whole.saves).isGreaterThan(8);

        for (int saves : interruptions(whole.sizes, c.panel().units() < 100)) {
            Files.delete(file);
            int interrupted = saves;
            assertThatThrownBy(() -> c.fit(2, new Interrupting(file, interrupted)))
                    .isInstanceOf(Interruption.class);
            Interrupting rest = new Interrupting(file, Integer.MAX_VALUE);

            double[] actual = numbers(c.fit(1, rest));

            assertThat(actual).as("after save %d", saves).containsExactly(expected);
            assertThat(rest.saves).isEqualTo(whole.saves - saves);
            assertThat(rest.resumedAfter).isBetween(saves - 2, saves - 1);
        }
    }

    /**
     * Returns the saves after which a fit is interrupted: the first, the last, those before and after the first and the
     * last change of what is saved, and another. The test below resumes after each save.
     *
     * @param sizes of the checkpoints. Within a phase they grow evenly, as the list of bounds does
     * @param atChanges false for large panels, whose fits take long
     */
    private static NavigableSet<Integer> interruptions(List<Long> sizes, boolean atChanges) {
        int last = sizes.size();
        NavigableSet<Integer> chosen = new TreeSet<>(List.of(1, last));
        NavigableSet<Integer> changes = new TreeSet<>();
        for (int save = 2; atChanges && save < last; save++) {
            if (sizes.get(save) - sizes.get(save - 1) != sizes.get(save - 1) - sizes.get(save - 2)) {
                changes.add(save);
            }
        }
        if (!changes.isEmpty()) {
            chosen.addAll(List.of(changes.first(), changes.first() + 1, changes.last(), changes.last() + 1));
        }
        new Random(last).ints(1, 1, last + 1).forEach(chosen::add);
        return chosen;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void interruptedAfterEveryIterationItEndsInTheSameDoubles(Case c) {
        double[] expected = numbers(c.fit(1, CheckpointStore.NONE));
        Path file = folder.resolve("fit.checkpoint");

        FactorModelFit result = null;
        int parts = 0;
        for (; result == null; parts++) {
            try {
                result = c.fit(2, new Interrupting(file, 1));
            } catch (Interruption e) {
                assertThat(Files.exists(file)).isTrue();
            }
        }

        assertThat(parts).isGreaterThan(8);
        assertThat(numbers(result)).containsExactly(expected);
    }

    @Test
    void theCasesDropFactorsChooseBothFormsAndTakeBackSteps() {
        List<FactorModelFit> results =
                cases().map(c -> c.fit(2, CheckpointStore.NONE)).toList();

        assertThat(results)
                .filteredOn(result -> result.rank() < result.startRank())
                .hasSizeGreaterThan(2);
        assertThat(results).filteredOn(FactorModelFit::constantEffects).isNotEmpty();
        assertThat(results).filteredOn(result -> !result.constantEffects()).isNotEmpty();
        assertThat(results).filteredOn(result -> result.trends() == 0).isNotEmpty();
        assertThat(results).filteredOn(result -> result.trends() > 0).isNotEmpty();
        assertThat(results).filteredOn(result -> !result.onsets().isEmpty()).isNotEmpty();
        // Two passes before the fit, one before the first iteration and four in the last phase; the others of which no
        // bound
        // is told are those of rejected trials and after rejected steps.
        assertThat(results)
                .filteredOn(result -> result.passes() - result.bounds().size() > 2 + 1 + 4 + 2)
                .isNotEmpty();
    }

    @Test
    void anInterruptionWhileItIsWrittenLeavesTheFormerCheckpoint() throws IOException {
        Case c = cases().findFirst().orElseThrow();
        double[] expected = numbers(c.fit(1, CheckpointStore.NONE));
        Path file = folder.resolve("fit.checkpoint");
        assertThatThrownBy(() -> c.fit(1, new Interrupting(file, 5))).isInstanceOf(Interruption.class);
        byte[] former = Files.readAllBytes(file);

        CheckpointStore fails = new Interrupting(file, 1) {
            @Override
            public void save(Consumer<CheckpointCodec> writer) {
                super.save(fields -> {
                    writer.accept(fields);
                    throw new Interruption();
                });
            }
        };
        assertThatThrownBy(() -> c.fit(1, fails)).isInstanceOf(Interruption.class);

        assertThat(Files.readAllBytes(file)).containsExactly(former);
        assertThat(numbers(c.fit(1, new Interrupting(file, Integer.MAX_VALUE)))).containsExactly(expected);
    }

    /** Everything that a fit found. */
    private static double[] numbers(FactorModelFit result) {
        List<double[]> all = new ArrayList<>();
        all.add(new double[] {
            result.gains().factors(),
            result.gains().onsets(),
            result.gains().onsetStatistic(),
            result.startRank(),
            result.rank(),
            result.correlation(),
            result.noise(),
            result.passes(),
            result.converged() ? 1 : 0
        });
        result.precisions().forEach(value -> all.add(new double[] {value}));
        result.bounds().forEach(value -> all.add(new double[] {value}));
        all.add(result.factors().values());
        all.addAll(result.unitMeans());
        result.loadings().stream().map(DenseMatrix::values).forEach(all::add);
        for (EffectEstimates effects : result.effects().byArm()) {
            all.addAll(List.of(effects.values()));
            all.addAll(List.of(effects.variances()));
            all.addAll(List.of(effects.degreesOfFreedom()));
        }
        for (int arm = 1; arm <= result.effects().byArm().size(); arm++) {
            all.add(new double[] {
                result.effects().average(arm, 0),
                result.effects().averageVariance(arm, 1),
                result.effects().periodVariance(arm, 3),
                result.effects().cellVariance(arm, 5, 3)
            });
        }
        all.add(result.prior().mean());
        all.add(result.prior().covariance());
        all.add(result.prior().noise());
        all.add(result.prior().correlation());
        return all.stream().flatMapToDouble(DoubleStream::of).toArray();
    }

    private static final class Interruption extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /** A file that brings the fit to an end after some checkpoints. */
    private static class Interrupting implements CheckpointStore {

        private final CheckpointFile file;
        private final int most;
        private final Path path;
        final List<Long> sizes = new ArrayList<>();
        int saves;
        int resumedAfter = -1;

        Interrupting(Path path, int most) {
            this.file =
                    new CheckpointFile(path, Map.of("test", "this"), iterations -> resumedAfter = iterations, () -> {});
            this.most = most;
            this.path = path;
        }

        @Override
        public <T> @Nullable T load(Function<CheckpointCodec, T> reader) {
            return file.load(reader);
        }

        @Override
        public void resumed(int iterations) {
            file.resumed(iterations);
        }

        @Override
        public void save(Consumer<CheckpointCodec> writer) {
            file.save(writer);
            sizes.add(path.toFile().length());
            saves++;
            if (saves == most) {
                throw new Interruption();
            }
        }
    }
}
