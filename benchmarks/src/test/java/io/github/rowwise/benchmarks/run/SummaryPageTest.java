package io.github.rowwise.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page of a small sample. {@code sample.json} is part of a quick run on a busy machine, edited to cover special cases: one
 * measurement is removed, one has no error, and the third backend is marked as unavailable. {@code sample.md} was created from
 * it with {@code --page-only} and checked by reading.
 */
@Tag("slow")
class SummaryPageTest {

    @Test
    void makesThePageOfTheSample() throws Exception {
        assertThat(SummaryPage.of(Results.read(resource("sample.json")), "sample.svg"))
                .isEqualTo(Files.readString(resource("sample.md")));
    }

    @Test
    void drawsFitsAndPassesOfEachBackend(@TempDir Path folder) throws Exception {
        List<Measurement> measured = new ArrayList<>();
        for (String backend : List.of("ejml", "nd4j")) {
            for (String panel : List.of("200x200", "2000x500", "20000x500")) {
                for (String threads : List.of("1", "2")) {
                    Map<String, String> fit = Map.of("panel", panel, "rule", "SIGN_FLIP", "threads", threads);
                    measured.add(new Measurement("FitBenchmark.fit", backend, fit, 7, 1, "ms/op"));
                }
            }
            Map<String, String> pass = Map.of("panel", "20000x500", "vectors", "10");
            measured.add(new Measurement("FusedPassBenchmark.pass", backend, pass, 9, 1, "ms/op"));
        }
        Results all = new Results(
                "benchmarks/run",
                Map.of(),
                List.of(
                        new BackendStatus("ejml", true, "", ""),
                        new BackendStatus("ojalgo", false, "", "not measured"),
                        new BackendStatus("nd4j", true, "", "")),
                measured);
        // Each backend has three fits on two threads, one pass, and a circle in each legend.
        assertThat(circles(all, folder.resolve("all.svg"))).isEqualTo(2 * (3 + 1 + 2));
        assertThat(circles(Results.read(resource("sample.json")), folder.resolve("none.svg")))
                .isZero();
    }

    private static int circles(Results results, Path file) throws IOException {
        SummaryChart.of(results).writeSvg(file);
        return Files.readString(file).split("<circle", -1).length - 1;
    }

    @Test
    void readsMeasurements() throws Exception {
        Results results = Results.read(resource("sample.json"));
        Measurement fit = results.measurements().stream()
                .filter(m -> m.benchmark().equals("FitBenchmark.fit"))
                .findFirst()
                .orElseThrow();
        assertThat(fit.backend()).isEqualTo("ejml");
        assertThat(fit.parameters()).containsOnlyKeys("panel", "rule", "threads");
        assertThat(fit.unit()).isEqualTo("ms/op");
        assertThat(fit.seconds()).isEqualTo(fit.median() * 1e-3);
    }

    @Test
    void countsOperationsAndBytes() {
        Measurement product = new Measurement(
                "TilePassBenchmark.product", "ejml", Map.of("panel", "4000x1000", "vectors", "20"), 1, 0, "ms/op");
        assertThat(Work.operations(product)).hasValue(160e6);
        Measurement gram = new Measurement("GramBenchmark.gram", "ejml", Map.of("panel", "10x3"), 1, 0, "ms/op");
        assertThat(Work.operations(gram)).hasValue(120);
        Measurement read = new Measurement(
                "PlainReadBenchmark.read", "", Map.of("panel", "20000x500", "threads", "2"), 1, 0, "ms/op");
        assertThat(Work.operations(read)).isEmpty();
        assertThat(Work.bytes(read)).hasValue(90e6);
    }

    @Test
    void writesWhatItReads(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("results").resolve("none.json");
        BackendStatus backend = new BackendStatus("ejml", true, "0.46.1", "EJML 0.46.1");
        Results.write(file, "benchmarks/run", Map.of("cores", "2"), List.of(backend), List.of());
        assertThat(Results.read(file))
                .isEqualTo(new Results("benchmarks/run", Map.of("cores", "2"), List.of(backend), List.of()));
    }

    @Test
    void rejectsOtherFiles(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("other.json"), "{}");
        assertThatThrownBy(() -> Results.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other.json does not hold benchmark results");
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(SummaryPageTest.class.getResource(name)).toURI());
    }
}
