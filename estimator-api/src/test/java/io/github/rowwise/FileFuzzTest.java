package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.effects.InvalidEffectsException;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.fuzz.Bounded;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Panel files, checkpoints and saved effects have checksums: whatever is changed in one, it is refused and stays as it is. */
@Tag("slow")
@AddLifecycleHook(Bounded.class)
class FileFuzzTest {

    private static final Panel PANEL = Draws.random(4, 12, 10, 2, .1);
    private static final FactorModelEstimator ESTIMATOR =
            FactorModelEstimator.withDefaults().withBackend("ejml").withRankLimit(1);

    @SuppressWarnings("NullAway.Init")
    private static Path file;

    private static byte[] panel = {};
    private static byte[] checkpoint = {};
    private static byte[] effects = {};

    /** A change of bytes at a place, in ten-thousandths of the file. */
    record Change(Kind kind, int place, int number) {

        enum Kind {
            CUT,
            FLIP_BIT,
            RANDOM_BYTES,
            ZEROS,
            INSERT,
            REMOVE,
            APPEND
        }

        byte[] of(byte[] bytes) {
            int at = (int) ((long) place * bytes.length / 10_000);
            int length = Math.min(bytes.length - at, 1 + number % 64);
            byte[] random = new byte[length];
            new SplittableRandom(number).nextBytes(random);
            return switch (kind) {
                case CUT -> Arrays.copyOf(bytes, at);
                case FLIP_BIT ->
                    length == 0 ? bytes : replaced(bytes, at, 1, new byte[] {(byte) (bytes[at] ^ 1 << number % 8)});
                case RANDOM_BYTES -> replaced(bytes, at, length, random);
                case ZEROS -> replaced(bytes, at, length, new byte[length]);
                case INSERT -> replaced(bytes, at, 0, random);
                case REMOVE -> replaced(bytes, at, length, new byte[0]);
                case APPEND -> replaced(bytes, bytes.length, 0, random);
            };
        }

        private static byte[] replaced(byte[] bytes, int at, int length, byte[] by) {
            byte[] result = Arrays.copyOf(bytes, bytes.length - length + by.length);
            System.arraycopy(by, 0, result, at, by.length);
            System.arraycopy(bytes, at + length, result, at + by.length, bytes.length - at - length);
            return result;
        }
    }

    @BeforeContainer
    static void createFiles() throws IOException {
        file = Files.createTempFile("fuzz", ".bin");
        PanelFile.write(PANEL, file, OutcomeStorage.DOUBLE);
        panel = Files.readAllBytes(file);
        Files.delete(file);
        UnitEffects fitted = ESTIMATOR.withCheckpoint(file).fit(PANEL);
        checkpoint = Files.readAllBytes(file);
        fitted.save(file);
        effects = Files.readAllBytes(file);
    }

    @AfterContainer
    static void deleteFile() throws IOException {
        Files.delete(file);
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        return Combinators.combine(
                        Arbitraries.of(Change.Kind.class),
                        Arbitraries.integers().between(0, 9_999),
                        Arbitraries.integers().between(0, 9_999))
                .as(Change::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    @Property(tries = 300)
    void panelFiles(@ForAll("changes") List<Change> changes) throws IOException {
        assertRefused(panel, changes, InvalidPanelException.class, () -> {
            try (PanelFile open = PanelFile.open(file)) {
                SpectralEstimator.withDefaults().withBackend("ejml").fit(open.panel());
            }
        });
    }

    @Property(tries = 300)
    void checkpoints(@ForAll("changes") List<Change> changes) throws IOException {
        assertRefused(
                checkpoint,
                changes,
                CheckpointException.class,
                () -> ESTIMATOR.withCheckpoint(file).fit(PANEL));
    }

    @Property(tries = 300)
    void savedEffects(@ForAll("changes") List<Change> changes) throws IOException {
        assertRefused(effects, changes, InvalidEffectsException.class, () -> UnitEffects.load(file));
    }

    private static void assertRefused(
            byte[] whole, List<Change> changes, Class<? extends RuntimeException> by, Runnable reading)
            throws IOException {
        byte[] changed = whole;
        for (Change change : changes) {
            changed = change.of(changed);
        }
        Assume.that(!Arrays.equals(changed, whole));
        Files.write(file, changed);
        assertThatThrownBy(reading::run)
                .isInstanceOf(by)
                .hasMessageContaining(file.getFileName().toString());
        assertThat(Files.readAllBytes(file)).isEqualTo(changed);
    }
}
