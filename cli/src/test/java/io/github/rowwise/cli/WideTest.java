package io.github.rowwise.cli;

import static io.github.rowwise.cli.WrongFileTest.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.cli.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two tables with one column per period, for outcomes and treatments, give the same panel as one table in long form. */
class WideTest {

    private static final int OUTCOME = 2;
    private static final int TREATMENT = 3;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** Converts a column of rows in long form to a table with one row per unit. */
    private static List<String> wide(int column) {
        List<String> rows = new ArrayList<>();
        List<String> longForm = PanelFile.rows();
        rows.add("unit,"
                + String.join(
                        ",", IntStream.rangeClosed(1, 15).mapToObj(t -> "" + t).toList()));
        for (int unit = 0; unit < 12; unit++) {
            List<String> values = longForm.subList(unit * 15, unit * 15 + 15).stream()
                    .map(row -> List.of(row.split(",")).get(column))
                    .toList();
            rows.add("u" + unit + "," + String.join(",", values));
        }
        return rows;
    }

    private Path write(String name, int column, Consumer<List<String>> change) throws IOException {
        List<String> rows = wide(column);
        change.accept(rows);
        return PanelFile.write(folder, name, String.join("\n", rows) + "\n");
    }

    private static String effects(Path input, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("estimate", input.toString(), "--method", "spectral", "--output", "-"));
        arguments.addAll(List.of(options));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }

    @Test
    void columnsWhoseNamesSayNoOrderKeepTheirs() throws IOException {
        String header = "unit,start,f,e,d,c,b,a,g,h,i,z,y,x,w,end";
        Path outcomes = write("y.csv", OUTCOME, rows -> rows.set(0, header));
        Path treatments = write("d.csv", TREATMENT, rows -> rows.set(0, header));
        Run run = Run.of("inspect", outcomes.toString(), "--treatments", treatments.toString());
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains(
                        "kept in the order of the table, from \"start\" to \"end\"",
                        "in the order of the columns, start to end");
    }

    @Test
    void theSamePanelAsInLongForm() throws IOException {
        String expected = effects(PanelFile.write(folder, "p.csv", rows -> {}));
        Path outcomes = write("y.csv", OUTCOME, rows -> {});
        Path treatments = write("d.csv", TREATMENT, rows -> Collections.shuffle(rows.subList(1, 13), new Random(1)));
        assertThat(effects(outcomes, "--treatments", treatments.toString())).isEqualTo(expected);
        // Columns in a different order, with types.
        Path parquet = folder.resolve("d.parquet");
        Path parquetOutcomes = folder.resolve("y.parquet");
        try (Database database = Database.open(1)) {
            database.execute("COPY (SELECT \"15\", unit, * EXCLUDE (unit, \"15\") FROM read_csv('" + treatments
                    + "', header = true, delim = ',')) TO '" + parquet + "'");
            database.execute("COPY (FROM read_csv('" + outcomes + "', header = true, delim = ',')) TO '"
                    + parquetOutcomes + "'");
        }
        assertThat(effects(outcomes, "--treatments", parquet.toString())).isEqualTo(expected);
        assertThat(effects(parquetOutcomes, "--treatments", parquet.toString())).isEqualTo(expected);
        assertThat(effects(outcomes, "--treatments", treatments.toString(), "--where", "time <= 9 AND unit <> 'u3'"))
                .isEqualTo(effects(folder.resolve("p.csv"), "--where", "time <= 9 AND unit <> 'u3'"));
    }

    @Test
    void missingOutcomesAndDates() throws IOException {
        Path outcomes = write("y.csv", OUTCOME, rows -> {
            rows.replaceAll(row -> row.replaceFirst("^(u[135],[^,]*,)[^,]*", "$1NA"));
            rows.set(
                    0,
                    "unit,"
                            + String.join(
                                    ",",
                                    IntStream.rangeClosed(1, 15)
                                            .mapToObj(t -> "2024-3-" + t)
                                            .toList()));
        });
        Path treatments = write("d.csv", TREATMENT, rows -> {
            rows.replaceAll(row -> row.replaceFirst("^(u3,[^,]*,)[^,]*", "$1"));
            rows.set(
                    0,
                    "unit,"
                            + String.join(
                                    ",",
                                    IntStream.rangeClosed(1, 15)
                                            .mapToObj(t -> "2024-3-" + t)
                                            .toList()));
        });
        Run run = Run.of("inspect", outcomes.toString(), "--treatments", treatments.toString());
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("y.csv, 180 rows", "treatments ", "dates, 2024-3-1 to 2024-3-15", "3 with the outcome NA");
    }

    @Test
    void tablesThatDoNotMatch() throws IOException {
        Path outcomes = write("y.csv", OUTCOME, rows -> {});
        String treatments = write("d.csv", TREATMENT, rows -> {}).toString();
        assertThat(rejected(write("less.csv", OUTCOME, rows -> rows.remove(3)), "--treatments", treatments))
                .contains("less.csv and d.csv: not the same units; less.csv lacks \"u2\"");
        assertThat(rejected(
                        write(
                                "renamed.csv",
                                OUTCOME,
                                rows -> rows.set(0, rows.get(0).replace(",14,", ",41,"))),
                        "--treatments",
                        treatments))
                .contains("not the same periods; renamed.csv lacks \"14\"; d.csv lacks \"41\"");
        assertThat(rejected(write("twice.csv", OUTCOME, rows -> rows.add(rows.get(2))), "--treatments", treatments))
                .contains("twice.csv, lines 3 and 14, column \"unit\": two rows for the same unit");
        assertThat(rejected(
                        write(
                                "none.csv",
                                OUTCOME,
                                rows -> rows.set(2, rows.get(2).replace("u1,", ","))),
                        "--treatments",
                        treatments))
                .contains("none.csv, line 3, column \"unit\": no unit");
        assertThat(rejected(
                        write(
                                "columns.csv",
                                OUTCOME,
                                rows -> rows.set(0, rows.get(0).replace(",14,", ",13,"))),
                        "--treatments",
                        treatments))
                .contains("columns.csv: columns 14 and 15 are both called \"13\"");
        assertThat(rejected(outcomes, "--treatments", treatments, "--unit", "store"))
                .contains("y.csv: no column \"store\"; name it with --unit");
        assertThat(rejected(
                        write(
                                "text.csv",
                                OUTCOME,
                                rows -> rows.set(4, rows.get(4).replaceFirst("^(u3,[^,]*,)[^,]*", "$1x"))),
                        "--treatments",
                        treatments))
                .contains("text.csv, line 5, period \"2\", column \"outcome\": \"x\" is not a number");
        assertThat(rejected(outcomes, "--treatments", folder.resolve("no.csv").toString()))
                .contains("no.csv: no such file");
        assertThat(rejected(PanelFile.write(folder, "bare.csv", "unit\na\n"), "--treatments", treatments))
                .contains("bare.csv: no column besides \"unit\"");
        assertThat(rejected(outcomes, "--treatments", outcomes.toString())).contains("neither 0/1 nor true/false");
    }

    @Test
    void theTreatmentsAreNotOverwritten() throws IOException {
        Path outcomes = write("y.csv", OUTCOME, rows -> {});
        Path treatments = write("d.csv", TREATMENT, rows -> {});
        String before = Files.readString(treatments);
        Run run = Run.of(
                "estimate",
                outcomes.toString(),
                "--treatments",
                treatments.toString(),
                "--output",
                treatments.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--output and --treatments name the same file");
        assertThat(Files.readString(treatments)).isEqualTo(before);
    }
}
