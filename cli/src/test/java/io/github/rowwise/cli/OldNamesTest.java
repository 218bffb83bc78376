package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of options and values before 0.1.0: they still work, and no text mentions them. */
class OldNamesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private String written(String... options) throws IOException {
        Path panel = PanelFile.write(folder, "p.csv", rows -> {});
        Path output = folder.resolve("e.csv");
        Path missing = folder.resolve("m.csv");
        String[] arguments = new String[options.length + 5];
        System.arraycopy(options, 0, arguments, 5, options.length);
        System.arraycopy(
                new String[] {"estimate", panel.toString(), "--quiet", "--output", output.toString()},
                0,
                arguments,
                0,
                5);
        arguments[arguments.length - 1] = missing.toString();
        Run run = Run.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return Files.readString(output) + Files.readString(missing);
    }

    @Test
    void oldNamesMeanTheSame() throws IOException {
        assertThat(written("--method", "refined", "--level", "0.8", "--left-out", ""))
                .isEqualTo(written("--method", "factor-model", "--confidence-level=0.8", "--missing-cells", ""))
                .isNotEqualTo(written("--method", "factor-model", "--missing-cells", ""));
        assertThat(written("--level=0.9", "--missing-cells", ""))
                .isEqualTo(written("--confidence-level", "0.9", "--missing-cells", ""));
    }

    @Test
    void theOldLevelOfASimulationIsItsBaseline() throws IOException {
        Path old = folder.resolve("old.csv");
        Path now = folder.resolve("now.csv");
        List<String> sizes = List.of("--units", "4", "--periods", "5");
        for (List<String> options :
                List.of(List.of("--level", "7", old.toString()), List.of("--baseline", "7", now.toString()))) {
            Run run = Run.of(
                    "simulate",
                    sizes.get(0),
                    sizes.get(1),
                    sizes.get(2),
                    sizes.get(3),
                    options.get(0),
                    options.get(1),
                    "--output",
                    options.get(2));
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
        assertThat(old).hasSameBinaryContentAs(now);
    }

    @Test
    void theyAreCheckedAsTheNewOnes() throws IOException {
        Path panel = PanelFile.write(folder, "p.csv", rows -> {});
        assertThat(Run.of("estimate", panel.toString(), "--level", "95").err()).contains("between 0 and 1");
        assertThat(Run.of("estimate", panel.toString(), "--output", "x.csv", "--left-out", "x.csv")
                        .err())
                .contains("--output and --missing-cells name the same file");
    }

    @Test
    void noTextMentionsThem() {
        for (String command : List.of("estimate", "evaluate", "inspect", "pack", "simulate")) {
            assertThat(Run.of(command, "--help").out()).as(command).doesNotContain("--level", "--left-out", "refined");
        }
        assertThat(Run.of("completion").out()).doesNotContain("--left-out", "refined", "'--level'");
        assertThat(Run.of("estimate", "--leve", "1").err()).doesNotContain("\"--level\"");
        assertThat(Run.of("estimate", "x.csv", "--method", "x").err()).doesNotContain("refined");
    }
}
