package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of {@code rowwise completion}, in a bash. */
@Tag("slow")
class CompletionTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Shell shell;

    @BeforeAll
    static void write() throws IOException {
        shell = Shell.in(folder);
        Run run = Run.of("completion");
        assertThat(run.exitCode()).isZero();
        assertThat(Run.of("completion").outBytes()).containsExactly(run.outBytes());
        Files.write(folder.resolve("completion"), run.outBytes());
        for (String name : List.of("sales.csv", "sales of the north.csv", "other.csv")) {
            Files.writeString(folder.resolve(name), "");
        }
    }

    /** What bash offers for the last word. */
    private static List<String> offered(String... words) throws IOException, InterruptedException {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            line.append(" '").append(word).append('\'');
        }
        // compopt works for bash itself only, when a person presses the key.
        Run run = shell.bash(
                "compopt() { :; }; . ./completion; COMP_WORDS=(" + line + "); COMP_CWORD=" + (words.length - 1)
                        + "; COMPREPLY=(); _complete_rowwise || true; printf '%s\\n' \"${COMPREPLY[@]}\"; complete -p rowwise >&2");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("_complete_rowwise").hasLineCount(1);
        return run.out().lines().toList();
    }

    @Test
    void commands() throws IOException, InterruptedException {
        assertThat(offered("rowwise", "")).contains("estimate", "inspect", "study", "completion");
        assertThat(offered("rowwise", "est")).containsExactly("estimate");
        assertThat(offered("rowwise", "study", "r")).containsExactly("rate");
    }

    @Test
    void options() throws IOException, InterruptedException {
        assertThat(offered("rowwise", "estimate", "--tr")).containsExactlyInAnyOrder("--treatment", "--treatments");
        assertThat(offered("rowwise", "estimate", "sales.csv", "--c"))
                .containsExactlyInAnyOrder(
                        "--calibrate",
                        "--cells",
                        "--centring",
                        "--check",
                        "--checkpoint",
                        "--confidence-level",
                        "--control",
                        "--cost",
                        "--covariates");
    }

    @Test
    void valuesOfOptions() throws IOException, InterruptedException {
        assertThat(offered("rowwise", "estimate", "sales.csv", "--method", ""))
                .containsExactly("factor-model", "spectral");
        assertThat(offered("rowwise", "estimate", "sales.csv", "--backend", ""))
                .contains("ejml", "ojalgo")
                .doesNotContain("factor-model");
        assertThat(offered("rowwise", "estimate", "sales.csv", "--storage", "")).containsExactly("double", "float");
        assertThat(offered("rowwise", "estimate", "sales.csv", "--noise", "b")).containsExactly("block-jackknife");
        assertThat(offered("rowwise", "simulate", "--assignment", "by-p")).containsExactly("by-period");
    }

    @Test
    void files() throws IOException, InterruptedException {
        assertThat(offered("rowwise", "estimate", "sal"))
                .containsExactlyInAnyOrder("sales.csv", "sales of the north.csv");
        assertThat(offered("rowwise", "estimate", "sales.csv", "--output", "ot"))
                .containsExactly("other.csv");
    }
}
