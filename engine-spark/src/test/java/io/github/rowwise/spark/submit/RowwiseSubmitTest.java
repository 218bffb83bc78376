package io.github.rowwise.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.spark.LocalSession;
import io.github.rowwise.spark.RowwiseModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
@ExtendWith(LocalSession.class)
class RowwiseSubmitTest {

    private static final String INPUT = Path.of(
                    "..", "estimator-api", "src", "test", "resources", "algorithm1", "gaps.csv")
            .toString();

    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    @Test
    void writesTheTableAndPrintsASummary() {
        Path table = folder.resolve("effects.csv");
        Path model = folder.resolve("model");
        assertThat(run(INPUT, "--method", "spectral", "--output", table.toString(), "--model", model.toString()))
                .isZero();
        assertThat(err).isEmpty();
        assertThat(out)
                .contains(
                        "gaps.csv, 1,500 rows",
                        "units (unit) x",
                        "whole numbers, 1 to",
                        "Rank",
                        "ATE ",
                        "Highest",
                        "Lowest")
                .contains("Grades", "backend ejml", "effects.csv");
        RowwiseModel read = RowwiseModel.load(model.toString());
        Dataset<Row> written = LocalSession.session()
                .read()
                .option("header", "true")
                .option("inferSchema", "true")
                .csv(table.toString());
        assertThat(written.columns()).isEqualTo(read.effects().columns());
        assertThat(written.select("unit", "ate", "q_value").orderBy("unit").collectAsList())
                .isEqualTo(read.effects()
                        .select("unit", "ate", "q_value")
                        .orderBy("unit")
                        .collectAsList());

        assertThat(run(INPUT, "--output", table.toString())).isEqualTo(2);
        assertThat(err).endsWith("effects.csv: exists already; name another folder, or delete it first\n");
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("effects.csv", "model");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCheckpointGoesOnceTheEffectsAreWritten() {
        Path kept = folder.resolve("kept");
        assertThat(run(
                        INPUT,
                        "--rank",
                        "1",
                        "--effects",
                        "constant",
                        "--checkpoint",
                        kept.toString(),
                        "--output",
                        folder.resolve("effects.csv").toString(),
                        "--quiet"))
                .isZero();
        assertThat(kept).doesNotExist();
        assertThat(run(INPUT, "--method", "spectral", "--checkpoint", kept.toString()))
                .isEqualTo(2);
        assertThat(err).contains("--checkpoint: an option of --method factor-model");
    }

    @ParameterizedTest
    @CsvSource({
        "--covariates, covariates and attributes of units",
        "--attributes, covariates and attributes of units",
        "--scale, percentages of effects and their totals and worth",
        "--totals, percentages of effects and their totals and worth",
        "--value, percentages of effects and their totals and worth",
        "--cost, percentages of effects and their totals and worth",
        "--check, checks and periods that are left out",
        "--washout, checks and periods that are left out"
    })
    void whatOnlyTheProgramHasIsRefused(String option, String what) {
        assertThat(run(INPUT, option, "2")).isEqualTo(2);
        assertThat(err).contains(option + ": " + what + " are not available on Spark; use rowwise estimate");
    }

    @Test
    void averagesByGroupAreRefused() {
        assertThat(run(INPUT, "--group", "region")).isEqualTo(2);
        assertThat(err)
                .contains("--group: averages with weights, by group or over chosen cells are not available on Spark;"
                        + " use rowwise estimate");
    }

    @Test
    void readsWhatSparkReads() {
        Path parquet = folder.resolve("panel.parquet");
        LocalSession.session()
                .read()
                .option("header", "true")
                .csv(INPUT)
                .write()
                .parquet(parquet.toString());
        assertThat(run(parquet.toString(), "--where", "time <= 12", "--rank", "1", "--effects", "constant", "--quiet"))
                .isZero();
        assertThat(out).isEmpty();
        LocalSession.session().read().parquet(parquet.toString()).createOrReplaceTempView("panel");
        assertThat(run("panel", "--method", "spectral", "--rank", "1", "--output", folder.resolve("e.json") + ""))
                .isZero();
        assertThat(LocalSession.session()
                        .read()
                        .json(folder.resolve("e.json").toString())
                        .columns())
                .contains("prob_top_decile");
    }

    @Test
    void rejectsInOneLine() throws IOException {
        rejected("Unknown option: '--rnak=3' (see --help)", INPUT, "--rnak=3");
        rejected("--method: \"x\" is not one of factor-model, spectral", INPUT, "--method", "x");
        rejected("--storage: \"x\" is not one of double, float", INPUT, "--storage", "x");
        rejected("--backend x: no such backend here; there are ejml", INPUT, "--backend", "x");
        rejected(
                "no column \"store\"; name it with --unit. Columns: time, outcome, unit, treatment",
                INPUT,
                "--unit",
                "store");
        rejected("the ending does not say the format", "some/where", "--quiet");
        rejected("no level \"none\" (--control)", INPUT, "--control", "none");
        rejected("[PATH_NOT_FOUND]", "no/such.csv");
        rejected("[TABLE_OR_VIEW_NOT_FOUND]", "nothing");
        rejected(
                "--output e.txt: the ending does not say the format; allowed: .csv, .parquet, .json",
                INPUT,
                "--output",
                "e.txt");
        Path ragged = folder.resolve("ragged.csv");
        Files.writeString(ragged, "unit,time,outcome,treatment\na,1,1,0\na,2,2\n", StandardCharsets.UTF_8);
        rejected("[MALFORMED_RECORD_IN_PARSING", ragged.toString());
    }

    /** The program's words; see its WhereClause. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            time IN (SELECT max(time) FROM t) | a query within the condition is not allowed
            time = (SELECT 3) | a query within the condition is not allowed
            EXISTS (SELECT 1) | a query within the condition is not allowed
            coalesce(*) = 1 | * for all columns is not allowed
            row_number() OVER (ORDER BY time) = 1 | a window over other rows is not allowed
            time = :week | a parameter is not allowed
            time = ? | a parameter is not allowed
            time = 1 AS x | not one condition
            rand() < 0.5 | the function rand is not allowed: its value does not depend on the row only
            java_method('java.lang.System', 'getenv', 'HOME') = 'x' | is not allowed: its value does not depend on the row
            time = '${env:HOME}x' OR time = 1; DROP TABLE t | [PARSE_SYNTAX_ERROR]
            time = 1 ORDER BY time | [PARSE_SYNTAX_ERROR]
            1 = 1) OR (1 = 1 | [PARSE_SYNTAX_ERROR]
            nothing = 1 | [UNRESOLVED_COLUMN
            max(time) = 1 | [INVALID_WHERE_CONDITION]
            """)
    void aConditionIsAboutTheColumnsOfARow(String condition, String words) {
        rejected(words, INPUT, "--where", condition);
        assertThat(err)
                .startsWith("rowwise: --where \"" + condition + "\": ")
                .endsWith("; write one condition in SQL on the columns unit, time, outcome, treatment\n");
    }

    @Test
    void aConditionHasNoVariables() {
        rejected("only one period", INPUT, "--where", "time = 1 OR '${env:HOME}' NOT LIKE '$%'");
    }

    @Test
    void theSummaryCountsRowsThatAreAbsent() throws IOException {
        Path some = folder.resolve("some.csv");
        String all = Files.readString(Path.of(INPUT));
        Files.writeString(some, all.replaceAll("(?m)^(?=[^,]*,(3|7),)[^\n]*,0\n", ""));
        assertThat(run(some.toString(), "--absent-rows", "zero-control", "--method", "spectral", "--rank", "1"))
                .as(err)
                .isZero();
        assertThat(out).containsPattern("\\d+ without a row counted as 0");
    }

    @Test
    void oldNamesOfOptionsStillWork() {
        rejected("--confidence-level 95.0 is not between 0 and 1", INPUT, "--level", "95");
        String[] old = {INPUT, "--method", "refined", "--rank", "1", "--effects", "constant", "--level", "0.8"};
        String[] now = {
            INPUT, "--method", "factor-model", "--rank", "1", "--effects", "constant", "--confidence-level", "0.8"
        };
        assertThat(run(old)).as(err).isZero();
        String summary = withoutTime(out);
        assertThat(run(now)).as(err).isZero();
        assertThat(withoutTime(out)).isEqualTo(summary);
        assertThat(run("--help")).isZero();
        assertThat(out).doesNotContain("--level", "refined");
    }

    private static String withoutTime(String summary) {
        return summary.replaceAll("(?m)^Time.*$", "");
    }

    @Test
    void aSavedModelKnowsTheColumns() {
        Path panel = folder.resolve("renamed.parquet");
        LocalSession.session()
                .read()
                .option("header", "true")
                .csv(INPUT)
                .withColumnRenamed("unit", "store")
                .write()
                .parquet(panel.toString());
        Path saved = folder.resolve("model");
        assertThat(run(panel.toString(), "--unit", "store", "--method", "spectral", "--model", saved.toString()))
                .as(err)
                .isZero();
        RowwiseModel model = RowwiseModel.load(saved.toString());
        assertThat(model.getOrDefault(model.unitCol())).isEqualTo("store");
        assertThat(model.getOrDefault(model.method())).isEqualTo("spectral");
        assertThat(model.transform(LocalSession.session().read().parquet(panel.toString()))
                        .columns())
                .contains("store", "ate");
    }

    private void rejected(String words, String... args) {
        assertThat(run(args)).as(words).isEqualTo(2);
        assertThat(err).contains(words).startsWith("rowwise: ");
        assertThat(err.lines()).hasSize(1);
        assertThat(out).isEmpty();
    }

    @Test
    void aCommonShockHasItsOwnExitCode() throws IOException {
        Path shock = folder.resolve("shock.csv");
        Files.writeString(
                shock, "unit,time,outcome,treatment\na,1,1,0\na,2,2,1\nb,1,1,0\nb,2,3,1\n", StandardCharsets.UTF_8);
        assertThat(run(shock.toString())).isEqualTo(3);
        assertThat(err).startsWith("rowwise: no effect can be estimated: ");
    }

    private int run(String... args) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream failed = new ByteArrayOutputStream();
        int exitCode = RowwiseSubmit.run(
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                new PrintStream(failed, true, StandardCharsets.UTF_8),
                args);
        out = printed.toString(StandardCharsets.UTF_8);
        err = failed.toString(StandardCharsets.UTF_8);
        return exitCode;
    }
}
