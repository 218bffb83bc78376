package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code estimate --checkpoint}, interrupted in earnest. */
@Tag("slow")
class CheckpointTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Path panel;

    private static byte[] expected = {};

    /** Each is a run of the program; FileFuzzTest of estimator-api damages many more. */
    private static final int FLIPS = Integer.getInteger("flips", 8);

    @BeforeAll
    static void fitWithoutInterruption() throws IOException {
        panel = folder.resolve("panel.parquet");
        Run.of("simulate", "--units", "400", "--periods", "100", "--noise-form", "ar1", "--output", panel.toString());
        Path output = folder.resolve("expected.csv");
        assertThat(Run.of("estimate", panel.toString(), "--output", output.toString())
                        .exitCode())
                .isZero();
        expected = Files.readAllBytes(output);
    }

    static Stream<Consumer<Process>> interruptions() {
        return Stream.of(Process::destroy, Process::destroyForcibly);
    }

    @ParameterizedTest
    @MethodSource("interruptions")
    void anInterruptedRunGoesOnToTheSameBytes(Consumer<Process> interrupt, @TempDir Path place)
            throws IOException, InterruptedException {
        Path checkpoint = place.resolve("fit.checkpoint");
        Path output = place.resolve("effects.csv");
        Process process = start(checkpoint, output, place.resolve("first"));
        awaitIterations(process, checkpoint);
        interrupt.accept(process);
        assertThat(process.waitFor()).isNotZero();
        assertThat(output).doesNotExist();
        byte[] left = Files.readAllBytes(checkpoint);

        Process second = start(checkpoint, output, place.resolve("second"));
        assertThat(second.waitFor()).isZero();

        assertThat(Files.readString(place.resolve("second")))
                .containsPattern("rowwise: resumes after iteration [1-9]\\d*, from .*fit.checkpoint");
        assertThat(Files.readAllBytes(output)).containsExactly(expected);
        assertThat(checkpoint).doesNotExist();
        assertRefusals(Files.write(checkpoint, left), place);
    }

    /** What cannot be gone on from, and stays. */
    private static void assertRefusals(Path checkpoint, Path place) throws IOException {
        byte[] left = Files.readAllBytes(checkpoint);
        assertThat(rejected(panel, checkpoint, "--noise", "iid")).contains("noise ar1 there, iid here");
        Path other = place.resolve("other.parquet");
        Run.of("simulate", "--units", "400", "--periods", "100", "--seed", "2", "--output", other.toString());
        assertThat(rejected(other, checkpoint)).contains("hash of the panel");
        assertThat(Files.readAllBytes(checkpoint)).containsExactly(left);
        // A panel file is the same panel, and is read faster.
        Path packed = place.resolve("panel.rowwise");
        Run.of("pack", panel.toString(), "--output", packed.toString());
        SplittableRandom random = new SplittableRandom(3);
        for (int flip = 0; flip < FLIPS; flip++) {
            byte[] damaged = left.clone();
            int bit = random.nextInt(8 * left.length);
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            Files.write(checkpoint, damaged);
            assertThat(rejected(packed, checkpoint)).as("bit %d", bit).containsPattern("damaged|no checkpoint|newer");
            assertThat(Files.readAllBytes(checkpoint)).containsExactly(damaged);
        }
    }

    private static Process start(Path checkpoint, Path output, Path err) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Rowwise.class.getName(),
                        "estimate",
                        panel.toString(),
                        "--checkpoint",
                        checkpoint.toString(),
                        "--output",
                        output.toString())
                .redirectError(err.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Waits until the checkpoint was replaced a few times. */
    private static void awaitIterations(Process process, Path checkpoint) throws IOException, InterruptedException {
        List<Object> seen = new ArrayList<>();
        while (seen.size() < 4) {
            assertThat(process.isAlive()).as("still running").isTrue();
            if (Files.exists(checkpoint)) {
                // Moved there anew, it is another file.
                Object key = Files.getAttribute(checkpoint, "unix:ino");
                Object time = Files.getAttribute(checkpoint, "unix:ctime");
                if (!seen.contains(List.of(key, time))) {
                    seen.add(List.of(key, time));
                }
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private static String rejected(Path input, Path checkpoint, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("estimate", input.toString(), "--checkpoint", checkpoint.toString()));
        arguments.addAll(List.of(options));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1);
        return run.err();
    }

    @Test
    void withoutInterruptionNothingIsSaidAndNothingStays(@TempDir Path place) throws IOException {
        Path checkpoint = place.resolve("fit.checkpoint");
        Path output = place.resolve("effects.csv");

        Run run = Run.of(
                "estimate",
                panel.toString(),
                "--checkpoint",
                checkpoint.toString(),
                "--output",
                output.toString(),
                "--quiet");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(Files.readAllBytes(output)).containsExactly(expected);
        try (Stream<Path> files = Files.list(place)) {
            assertThat(files).containsExactly(output);
        }
    }

    @Test
    void theSpectralMethodKeepsNone() {
        assertThat(rejected(panel, folder.resolve("c"), "--method", "spectral"))
                .contains("--checkpoint: an option of --method factor-model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/c", "missing/c", "."})
    void aPlaceThatTakesNoFileIsRejectedBeforeThePanelIsRead(String place) {
        Path missing = folder.resolve("no panel at all.csv");

        assertThat(rejected(missing, Path.of(place)))
                .contains("--checkpoint " + place)
                .containsPattern("takes no new file|there is no folder|a folder; name");
    }

    @Test
    void itMustNotBeTheInputOrAnOutput() throws IOException {
        Path copy = Files.copy(panel, folder.resolve("copy.parquet"), StandardCopyOption.REPLACE_EXISTING);
        Path table = folder.resolve("table.csv");

        assertThat(rejected(copy, copy)).contains("this is the input");
        assertThat(rejected(copy, table, "--output", table.toString()))
                .contains("--output and --checkpoint name the same file");
        assertThat(rejected(copy, table, "--cells", table.toString()))
                .contains("--cells and --checkpoint name the same file");
    }

    @Test
    void aFileThatIsNoCheckpointIsLeftAlone() throws IOException {
        Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear reader, this is no checkpoint.");

        assertThat(rejected(panel, letter)).contains("this is no checkpoint of rowwise");
        assertThat(letter).hasContent("Dear reader, this is no checkpoint.");
    }
}
