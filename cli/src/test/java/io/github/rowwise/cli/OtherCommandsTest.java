package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Help, version, backends and simulate. */
class OtherCommandsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void helpNamesTheCommands() {
        assertThat(Run.of("--help").out()).contains("Examples", "estimate    Estimates the effect", "Exit code");
    }

    @Test
    void version() {
        assertThat(Run.of("--version").out()).matches("rowwise \\d+\\.\\d+\\.\\d+\\S*, Java \\S+\n");
        assertThat(Run.of("estimate", "--version").out()).startsWith("rowwise ");
    }

    @Test
    void backends() {
        Run run = Run.of("backends");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsPattern("name +version +priority +usable +jar")
                .containsPattern("ejml +\\S+ +100 +yes +\\S+")
                .containsPattern("ojalgo +\\S+ +90 +yes +\\S+")
                .contains("mvn -q -DskipTests -pl backend-nd4j -am package");
    }

    @Test
    void simulationIsReadBackAndItsTruthIsNear() throws IOException {
        Path panel = folder.resolve("p.parquet");
        Path truth = folder.resolve("t.csv");
        Run run = Run.of(
                "simulate",
                "--units",
                "150",
                "--periods",
                "120",
                "--output",
                panel.toString(),
                "--truth",
                truth.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("150 units x 120 periods");
        Run estimate = Run.of("estimate", panel.toString(), "--output", "-", "--quiet");
        List<String> expected = CsvText.column(Files.readString(truth), "ate");
        List<String> found = CsvText.column(estimate.out(), "ate");
        assertThat(CsvText.column(estimate.out(), "unit")).isEqualTo(CsvText.column(Files.readString(truth), "unit"));
        double squares = 0;
        for (int unit = 0; unit < expected.size(); unit++) {
            squares += Math.pow(Double.parseDouble(expected.get(unit)) - Double.parseDouble(found.get(unit)), 2);
        }
        assertThat(Math.sqrt(squares / expected.size())).isLessThan(0.4);
    }

    @Test
    void simulationsAreTheSameForTheSameSeed() throws IOException {
        Path one = folder.resolve("one.csv");
        Path two = folder.resolve("two.csv");
        for (Path file : List.of(one, two)) {
            Run.of("simulate", "--units", "20", "--periods", "30", "--missing", "0.2", "--output", file.toString());
        }
        assertThat(Files.mismatch(one, two)).isEqualTo(-1);
        assertThat(Files.readString(one))
                .startsWith("unit,time,outcome,treatment\n")
                .contains(",,\n");
    }
}
