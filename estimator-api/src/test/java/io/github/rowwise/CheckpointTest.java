package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link FactorModelEstimator#withCheckpoint}: what a checkpoint may be gone on with, and what is rejected. */
class CheckpointTest {

    private static final Panel PANEL = Draws.random(4, 30, 24, 2, .1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final List<Integer> heard = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @SuppressWarnings("NullAway.Init")
    private FactorModelEstimator estimator;

    @BeforeEach
    void name() {
        file = folder.resolve("fit.checkpoint");
        estimator = FactorModelEstimator.withDefaults()
                .withBackend("ejml")
                .withRankLimit(2)
                .withCheckpoint(file, heard::add);
    }

    @Test
    void itStaysWhenTheFitIsDoneAndGivesTheSameAgain() throws IOException {
        double[] expected = Tables.ate(estimator.fit(PANEL), 1);

        assertThat(heard).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        UnitEffects again = estimator
                .withThreads(2)
                .withConfidenceLevel(.9)
                .withCellErrors(true)
                .fit(PANEL);
        assertThat(heard)
                .hasSize(1)
                .first()
                .satisfies(iterations -> assertThat(iterations).isGreaterThan(5));
        assertThat(Tables.ate(again, 1)).containsExactly(expected);
        assertThat(again.factorModel().orElseThrow().passes()).isGreaterThan(5);
        assertThat(again.cellEffect(3, 1, 4).hasStandardError()).isTrue();
    }

    @Test
    void theResultIsThatWithoutACheckpoint() {
        UnitEffects without = FactorModelEstimator.withDefaults()
                .withBackend("ejml")
                .withRankLimit(2)
                .fit(PANEL);

        assertThat(Tables.ate(estimator.fit(PANEL), 1)).containsExactly(Tables.ate(without, 1));
    }

    static Stream<Arguments> others() {
        UnaryOperator<Panel> same = panel -> panel;
        UnaryOperator<FactorModelEstimator> asBefore = estimator -> estimator;
        return Stream.of(
                Arguments.of(
                        "hash of the panel", asBefore, (UnaryOperator<Panel>) panel -> Draws.with(panel, y -> 2 * y)),
                Arguments.of("rank-limit 2 there, 3 here", with(e -> e.withRankLimit(3)), same),
                Arguments.of("noise ar1 there, iid here", with(e -> e.withNoise(Noise.IID)), same),
                Arguments.of("effects auto there, constant here", with(e -> e.withEffects(EffectsForm.CONSTANT)), same),
                Arguments.of("seed 1 there, 2 here", with(e -> e.withSeed(2)), same),
                Arguments.of("ojalgo", with(e -> e.withBackend("ojalgo")), same));
    }

    private static UnaryOperator<FactorModelEstimator> with(UnaryOperator<FactorModelEstimator> change) {
        return change;
    }

    @ParameterizedTest
    @MethodSource("others")
    void thatOfAnotherFitIsRejectedAndKept(
            String difference, UnaryOperator<FactorModelEstimator> change, UnaryOperator<Panel> otherPanel)
            throws IOException {
        estimator.fit(PANEL);
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> change.apply(estimator).fit(otherPanel.apply(PANEL)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(file.toString(), "of another fit", difference, "delete it to start over");

        assertThat(Files.readAllBytes(file)).containsExactly(before);
        assertThat(heard).isEmpty();
    }

    @Test
    void oneOfAnotherVersionIsRejected() throws IOException {
        estimator.fit(PANEL);
        byte[] bytes = Files.readAllBytes(file);
        bytes[7]++;
        Files.write(file, bytes);

        assertThatThrownBy(() -> estimator.fit(PANEL))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("of another version of rowwise");
    }

    @Test
    void aDamagedOneIsRejectedWhereverTheDamageIs() throws IOException {
        estimator.fit(PANEL);
        byte[] whole = Files.readAllBytes(file);

        for (int at = 8; at < whole.length; at += 1 + whole.length / 50) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 4;
            assertRejected(damaged, "damaged");
            assertRejected(Arrays.copyOf(whole, Math.max(12, at)), "damaged");
        }
        assertRejected(Arrays.copyOf(whole, whole.length + 1), "damaged");
        Files.write(file, whole);
        assertThat(estimator.fit(PANEL)).isNotNull();
    }

    @Test
    void aFileThatIsNoCheckpointIsNeverWrittenOver() throws IOException {
        assertRejected(
                "unit,time,outcome\nand so on".getBytes(StandardCharsets.UTF_8), "this is no checkpoint of rowwise");
        assertRejected(new byte[0], "this is no checkpoint of rowwise");
    }

    private void assertRejected(byte[] content, String reason) throws IOException {
        Files.write(file, content);
        assertThatThrownBy(() -> estimator.fit(PANEL))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(file.toString(), reason);
        assertThat(Files.readAllBytes(file)).containsExactly(content);
    }

    @Test
    void aPlaceThatTakesNoFileIsRejectedBeforeTheFit() throws IOException {
        Path nowhere = folder.resolve("missing/fit.checkpoint");
        assertThatThrownBy(() -> estimator.withCheckpoint(nowhere).fit(PANEL))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(nowhere.toString(), "no such file or folder");
        assertThatThrownBy(() -> estimator.withCheckpoint(folder).fit(PANEL))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(folder.toString());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aLinkLeadsToTheCheckpoint() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere")).resolve("real.checkpoint");
        estimator.withCheckpoint(elsewhere).fit(PANEL);
        Files.createSymbolicLink(file, elsewhere);

        estimator.fit(PANEL);

        assertThat(heard).hasSize(1);
        assertThat(file).isSymbolicLink();
    }
}
