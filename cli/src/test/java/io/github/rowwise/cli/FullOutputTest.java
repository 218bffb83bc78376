package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output that takes no more is an error, and one that nobody reads on is not. */
@Tag("slow")
class FullOutputTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void writePanel() throws IOException {
        PanelFile.write(folder, "p.csv", rows -> {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"estimate p.csv --quiet --output - --checkpoint c", "inspect p.csv", "--version"})
    void aFullDisk(String command) throws Exception {
        Run run = Shell.in(folder).bash("rowwise " + command + " >/dev/full");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .hasLineCount(1)
                .contains("rowwise: standard output is incomplete: No space left on device; make room");
    }

    @Test
    void nobodyReadsOn() throws Exception {
        for (String command : new String[] {"inspect p.csv", "estimate p.csv --quiet --output -", "estimate --help"}) {
            Run run = Shell.in(folder).bash("set +o pipefail; rowwise " + command + " | true");
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).isEmpty();
        }
    }
}
