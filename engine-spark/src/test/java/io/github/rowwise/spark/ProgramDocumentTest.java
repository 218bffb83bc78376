package io.github.rowwise.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.cli.Program;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Spark's fits agree with those of the library and of the program: the effects are equal, and so is what both documents have.
 */
@Tag("slow")
@ExtendWith(LocalSession.class)
class ProgramDocumentTest {

    /** Number of passes of all processes together; the program has that of the factor model only. */
    private static final Set<String> ONLY_SPARK = Set.of("passes");

    private static final Set<String> ONLY_PROGRAM =
            Set.of("effect_by_period", "by_event_time", "pre_trends", "spectral", "diagnostics", "seconds", "units");

    private static final Set<String> ONLY_PROGRAMS_PANEL = Set.of(
            "file",
            "unit",
            "time",
            "outcome",
            "treatment",
            "treatments",
            "query",
            "where",
            "missing_cells",
            "left_out_cells");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "plain, factor-model, constant",
        "plain, spectral,",
        "gaps, factor-model, onset",
        "gaps, spectral,",
        "three_arms, factor-model, auto",
        "three_arms, spectral,"
    })
    void effectsAndWhatBothDocumentsHaveAreEqual(String name, String method, @Nullable String form) throws IOException {
        Path panel = Path.of("..", "estimator-api", "src", "test", "resources", "algorithm1", name + ".csv");
        boolean hasControl = name.equals("three_arms");
        JsonNode program = program(panel, method, form, hasControl);
        Dataset<Row> table =
                LocalSession.session().read().option("header", "true").csv(panel.toString());
        int before = persisted();
        RowwiseEstimator estimator = new RowwiseEstimator().setMethod(method).setNumPartitions(3);
        if (form != null) {
            estimator.setEffectsForm(form);
        }
        RowwiseModel model = (hasControl ? estimator.setControl("0") : estimator).fit(table);
        RowwiseEstimatorTest.assertSame(model, inMemory(RowwiseEstimatorTest.panel(name), form));
        model.effects().unpersist(true);
        assertThat(persisted()).isEqualTo(before);

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

    private static int persisted() {
        return LocalSession.session().sparkContext().getPersistentRDDs().size();
    }

    private static UnitEffects inMemory(Panel panel, @Nullable String form) {
        return form == null
                ? SpectralEstimator.withDefaults().fit(panel)
                : FactorModelEstimator.withDefaults()
                        .withEffects(EffectsForm.valueOf(form.toUpperCase(Locale.ROOT)))
                        .fit(panel);
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

    private JsonNode program(Path panel, String method, @Nullable String form, boolean hasControl) throws IOException {
        Path output = folder.resolve("effects.json");
        List<String> command = new ArrayList<>(
                List.of("estimate", panel.toString(), "--method", method, "--output", output.toString(), "--quiet"));
        if (form != null) {
            command.addAll(List.of("--effects", form));
        }
        if (hasControl) {
            command.addAll(List.of("--control", "0"));
        }
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int exitCode = Program.run(new PrintStream(printed, true, StandardCharsets.UTF_8), command);
        assertThat(exitCode).as(printed.toString(StandardCharsets.UTF_8)).isZero();
        return new ObjectMapper().readTree(output.toFile());
    }
}
