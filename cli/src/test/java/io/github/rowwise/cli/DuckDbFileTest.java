package io.github.rowwise.cli;

import static io.github.rowwise.cli.WrongFileTest.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB files are read like other files, and never written. */
@Tag("slow")
class DuckDbFileTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path csv;

    @BeforeEach
    void writePanel() throws IOException {
        csv = PanelFile.write(folder, "p.csv", rows -> rows.replaceAll(row -> row.replace("u1,", "東京,")));
    }

    private Path database(String name, String... statements) throws SQLException {
        Path file = folder.resolve(name);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql.replace("CSV", "(FROM read_csv('" + csv + "'))"));
            }
        }
        return file;
    }

    private static String effects(Path input, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("estimate", input.toString(), "--output", "-", "--method", "spectral"));
        arguments.addAll(List.of(options));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }

    @Test
    void theOnlyTableOrViewIsRead() throws IOException, SQLException {
        String expected = effects(csv);
        Path table = database("t.duckdb", "CREATE TABLE panel AS FROM CSV");
        byte[] before = Files.readAllBytes(table);
        assertThat(effects(table)).isEqualTo(expected);
        assertThat(Files.readAllBytes(table)).isEqualTo(before);
        assertThat(effects(Files.copy(table, folder.resolve("known by its first bytes"))))
                .isEqualTo(expected);
        assertThat(effects(Files.copy(table, folder.resolve("memory.db")))).isEqualTo(expected);
        assertThat(effects(
                        database(
                                "v.ddb",
                                "CREATE SCHEMA s",
                                "CREATE TABLE s.t AS FROM CSV",
                                "CREATE VIEW panel AS FROM s.t"),
                        "--query",
                        "FROM panel"))
                .isEqualTo(expected);
        assertThat(effects(table, "--where", "unit <> '東京'"))
                .isEqualTo(effects(csv, "--where", "unit <> '東京'"))
                .isNotEqualTo(expected);
    }

    @Test
    void queries() throws IOException, SQLException {
        // Names that the reader also uses.
        Path file = database(
                "q.duckdb",
                "CREATE SCHEMA s",
                "CREATE TABLE s.census AS FROM CSV",
                "CREATE TABLE unit_code AS FROM CSV",
                "CREATE VIEW v AS SELECT c.* FROM s.census c JOIN unit_code u USING (unit, time)");
        String expected = effects(csv);
        for (String query : List.of(
                "SELECT * FROM s.census",
                "FROM unit_code;",
                "WITH c AS (FROM s.census) SELECT * FROM c -- all of it",
                "SELECT * FROM q.main.unit_code")) {
            assertThat(effects(file, "--query", query)).isEqualTo(expected);
        }
        Run run = Run.of("estimate", file.toString(), "--query", "FROM v");
        assertThat(run.out()).contains("q.duckdb", "180 rows", "query FROM v", "12 units");
    }

    @Test
    void jsonNamesTheQuery() throws IOException, SQLException {
        Path file = database("q.duckdb", "CREATE TABLE t AS FROM CSV");
        Path output = folder.resolve("e.json");
        Run.of("estimate", file.toString(), "--query", "FROM t", "--quiet", "--output", output.toString());
        JsonText panel = JsonText.parse(output).at("panel");
        assertThat(panel.at("query").text()).isEqualTo("FROM t");
        assertThat(panel.at("file").text()).isEqualTo(file.toString());
    }

    @Test
    void whichTable() throws IOException, SQLException {
        assertThat(rejected(database("none.db"))).contains("none.db: it contains no table");
        assertThat(rejected(
                        database("two.db", "CREATE TABLE a (i INT)", "CREATE SCHEMA s", "CREATE TABLE s.b (i INT)")))
                .contains(
                        "two.db: it contains 2 tables (a, s.b); choose what to read, for example with --query 'SELECT * FROM a'");
        assertThat(rejected(database("empty.db", "CREATE TABLE a (i INT)"))).contains("empty.db: no rows");
    }

    @Test
    void wrongQueries() throws IOException, SQLException {
        Path file = database("q.duckdb", "CREATE TABLE panel AS FROM CSV");
        assertThat(rejected(file, "--query", "SELECT * FROM pannel"))
                .contains("q.duckdb: --query \"SELECT * FROM pannel\": Table with name pannel does not exist")
                .contains("tables: panel");
        assertThat(rejected(file, "--query", "SELEC 1")).contains("syntax error at or near \"SELEC\"");
        assertThat(rejected(file, "--query", "DROP TABLE panel")).contains("--query \"DROP TABLE panel\"");
        assertThat(rejected(file, "--query", "FROM panel; DROP TABLE panel")).contains("not a query; write one query");
        assertThat(rejected(file, "--query", "FROM panel LIMIT 0")).contains("--query \"FROM panel LIMIT 0\": no rows");
        assertThat(rejected(file, "--query", "SELECT unit, time AS t, outcome, treatment FROM panel"))
                .contains("q.duckdb: no column \"time\"; name it with --time. Columns: t, ");
        assertThat(rejected(file, "--query", "SELECT *, 1 AS unit FROM panel"))
                .contains("columns 1 and 5 are both called \"unit\"");
        assertThat(rejected(csv, "--query", "SELECT 1")).contains("p.csv: --query is for DuckDB files and --jdbc");
    }

    @Test
    void placesOfRows() throws IOException, SQLException {
        Path file = database(
                "p.duckdb",
                "CREATE TABLE p AS SELECT unit, time, outcome::VARCHAR AS outcome, treatment FROM CSV",
                "UPDATE p SET outcome = 'x' WHERE unit = 'u0' AND time = 7");
        assertThat(rejected(file)).contains("p.duckdb, rowid 6 of the table \"p\", column \"outcome\": \"x\" is not");
        assertThat(rejected(file, "--query", "FROM p"))
                .contains("p.duckdb, row 7 of the query, column \"outcome\": \"x\" is not a number");
    }

    @Test
    void filesThatAreNotDuckDb() throws IOException {
        assertThat(rejected(PanelFile.write(folder, "a.duckdb", "unit,time")))
                .contains("a.duckdb: cannot be opened as a DuckDB file")
                .contains("not a valid DuckDB database file");
        assertThat(rejected(PanelFile.write(folder, "b.db", "SQLite format 3\0 and more")))
                .contains("b.db: cannot be opened as a DuckDB file: it is a SQLite file");
    }
}
