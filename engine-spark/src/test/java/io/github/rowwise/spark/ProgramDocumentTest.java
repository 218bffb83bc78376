package io.github.rowwise.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document of the program and that of Spark on the same panel: what both have is equal. */
@ExtendWith(LocalSession.class)
class ProgramDocumentTest {

    /** Number of passes of all processes together; the program has that of the factor model only. */
    private static final Set<String> ONLY_SPARK = Set.of("passes");

    private static final Set<String> ONLY_PROGRAM =
            Set.of("effect_by_period", "by_event_time", "pre_trends", "spectral", "diagnostics", "seconds", "units");

    private static final Set<String> ONLY_PROGRAMS_PANEL =
            Set.of("file", "unit", "time", "outcome", "treatment", "treatments", "query", "where", "missing_cells");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "plain, factor-model",
        "plain, spectral",
        "gaps, factor-model",
        "gaps, spectral",
        "three_arms, factor-model",
        "three_arms, spectral"
    })
    void whatBothHaveIsEqual(String name, String method) throws IOException, InterruptedException {
        Path panel = Path.of("..", "estimator-api", "src", "test", "resources", "algorithm1", name + ".csv");
        boolean hasControl = name.equals("three_arms");
        JsonNode program = program(panel, method, hasControl);
        Dataset<Row> table =
                LocalSession.session().read().option("header", "true").csv(panel.toString());
        RowwiseEstimator estimator = new RowwiseEstimator().setMethod(method).setNumPartitions(3);
        RowwiseModel model = (hasControl ? estimator.setControl("0") : estimator).fit(table);
        JsonNode spark = new ObjectMapper().readTree(model.summary());

        assertThat(names(spark)).containsAll(ONLY_SPARK);
        assertSame("", names(program, ONLY_PROGRAM), names(spark, ONLY_SPARK));
        for (String member : names(spark, ONLY_SPARK)) {
            if (member.equals("panel")) {
                assertSame(
                        member, names(program.path(member), ONLY_PROGRAMS_PANEL), names(spark.path(member), Set.of()));
                names(spark.path(member), Set.of())
                        .forEach(fact -> compare(
                                fact,
                                program.path(member).path(fact),
                                spark.path(member).path(fact)));
            } else {
                compare(member, program.path(member), spark.path(member));
            }
        }
    }

    private static void assertSame(String path, Set<String> program, Set<String> spark) {
        assertThat(spark).as("members of %s", path).isEqualTo(program);
    }

    private static void compare(String path, JsonNode program, JsonNode spark) {
        assertThat(spark.getNodeType()).as(path).isEqualTo(program.getNodeType());
        if (path.equals("provenance/data_hash")) {
            // Spark's does not depend on the order of the units, the program's does.
            assertThat(spark.asText()).matches("[0-9a-f]{64}");
            assertThat(program.asText()).matches("[0-9a-f]{64}");
        } else if (program.isObject()) {
            assertSame(path, names(program), names(spark));
            names(program).forEach(name -> compare(path + "/" + name, program.path(name), spark.path(name)));
        } else if (program.isArray()) {
            assertThat(spark.size()).as(path).isEqualTo(program.size());
            for (int k = 0; k < program.size(); k++) {
                compare(path + "/" + k, program.path(k), spark.path(k));
            }
        } else if (program.isNumber()) {
            double expected = program.asDouble();
            assertThat(spark.isIntegralNumber()).as(path).isEqualTo(program.isIntegralNumber());
            assertThat(spark.asDouble())
                    .as(path)
                    .isCloseTo(expected, within(tolerance(path) * Math.max(1, Math.abs(expected))));
        } else {
            assertThat(spark).as(path).isEqualTo(program);
        }
    }

    /**
     * Returns the relative tolerance: 1e-8, and more only for what follows from the first singular value that is not kept. The
     * Krylov space has not converged there, and shards add up their sums in another order.
     */
    private static double tolerance(String path) {
        return path.matches("spectra/\\d+/(signal_to_noise|spectral_gap|threshold)") ? 1e-6 : 1e-8;
    }

    private static Set<String> names(JsonNode object, Set<String> without) {
        Set<String> names = names(object);
        names.removeAll(without);
        return names;
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        for (Iterator<String> all = object.fieldNames(); all.hasNext(); ) {
            names.add(all.next());
        }
        return names;
    }

    private JsonNode program(Path panel, String method, boolean hasControl) throws IOException, InterruptedException {
        Path output = folder.resolve("effects.json");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.github.rowwise.cli.Rowwise",
                "estimate",
                panel.toString(),
                "--method",
                method,
                "--output",
                output.toString(),
                "--quiet"));
        if (hasControl) {
            command.addAll(List.of("--control", "0"));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return new ObjectMapper().readTree(output.toFile());
    }
}
