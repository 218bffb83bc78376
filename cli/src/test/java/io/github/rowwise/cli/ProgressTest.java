package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The line of progress, and {@code --verbose}. */
@Tag("slow")
@Isolated("waits for the line of progress")
class ProgressTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Progress progress(boolean watched) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        return new Progress(new Terminal(nowhere, new PrintStream(err, true, StandardCharsets.UTF_8), watched), true);
    }

    private static void sleep(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /** What is on the screen after each time that something was written, and what was on it last. */
    private List<String> frames() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aLineTellsWhatIsKnown() {
        assertThat(Progress.line("reading a.csv", 4.4, 0, Double.NaN)).isEqualTo("reading a.csv ... 4 s");
        assertThat(Progress.line("fitting", 12, .05, Double.NaN))
                .isEqualTo("fitting  [#-------------------]   5 %  12 s");
        assertThat(Progress.line("fitting", 130, .5, 7300))
                .isEqualTo("fitting  [##########----------]  50 %  2 min, about 2 h left");
    }

    @Test
    void aLineFitsWhateverTheName() {
        for (String name : List.of("n".repeat(300), "名".repeat(300))) {
            for (double done : new double[] {0, .99}) {
                String line = Progress.line(name, 1e5, done, 1e5);
                assertThat(line.length() + line.chars().filter(c -> c == '名').count())
                        .isBetween(78L, 79L);
                assertThat(line).contains("..");
            }
        }
    }

    @Test
    void afterTwoSecondsItShowsWhatIsLeftAndGoesInTheEnd() {
        Progress progress = progress(true);
        int result = progress.during("working", () -> {
            progress.reached(.1);
            sleep(2.2);
            progress.rename("still working");
            progress.reached(.6);
            sleep(1.2);
            progress.say("a line of its own");
            return 7;
        });
        assertThat(result).isEqualTo(7);
        assertThat(frames().get(0)).isEmpty();
        assertThat(frames().get(1))
                .startsWith("working  [##------")
                .contains("2 s")
                .doesNotContain("left");
        assertThat(frames()).anyMatch(line -> line.startsWith("still working  [####") && line.contains("about"));
        assertThat(frames()).contains("rowwise: a line of its own");
        assertThat(err.toString(StandardCharsets.UTF_8)).containsPattern("\r +\rrowwise: a line of its own\\R$");
    }

    @Test
    void whatIsDoneSoonIsNotShown() {
        assertThat(progress(true).during("working", () -> 7)).isEqualTo(7);
        assertThat(err.size()).isZero();
    }

    @Test
    void withoutATerminalThereIsNoLine() {
        assertThat(progress(false).during("working", () -> {
                    sleep(2.6);
                    return 7;
                }))
                .isEqualTo(7);
        assertThat(err.size()).isZero();
    }

    @Test
    void verboseTellsOfEachPass() throws IOException {
        Path panel = PanelFile.write(folder, "p.csv", rows -> {});
        Run run = Run.of("estimate", panel.toString(), "--verbose");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err().lines()).allMatch(line -> line.startsWith("rowwise: "));
        assertThat(run.err())
                .containsPattern("rowwise: fitting, pass 1, assignment, \\d+\\.\\d\\d s\n")
                .containsPattern(
                        "rowwise: fitting, pass \\d+, factors, rank \\d, change -?\\d\\.\\de-\\d\\d, \\d+\\.\\d\\d s")
                .containsPattern("rowwise: fitting, pass \\d+, effects, rank \\d, ")
                .containsPattern("rowwise: fitting the spectral method, pass 3, means, ");
        Run quiet = Run.of("estimate", panel.toString());
        assertThat(quiet.err()).isEmpty();
        assertThat(run.out().replaceAll("(?m)^Time.*$", ""))
                .isEqualTo(quiet.out().replaceAll("(?m)^Time.*$", ""));
    }
}
