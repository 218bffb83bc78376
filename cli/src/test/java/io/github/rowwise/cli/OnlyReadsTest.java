package io.github.rowwise.cli;

import static io.github.rowwise.cli.WrongFileTest.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user writes in {@code --where} and {@code --query} reads the panel and nothing else. */
@Tag("slow")
class OnlyReadsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path panel;

    @BeforeEach
    void writePanel() throws IOException {
        panel = PanelFile.write(folder, "p.csv", rows -> {});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1=1) UNION (SELECT 1",
                "1=1) OR (time > 2",
                "time > 2 UNION SELECT * FROM input",
                "time > 2 ORDER BY 1",
                "time > 2 LIMIT 3",
                "time > 2 GROUP BY unit",
                "time > 2 QUALIFY true",
                "time > 2; DROP TABLE unit_code",
                "time > 2); COPY (SELECT 1) TO 'stolen.csv'; --",
                "(SELECT count(*) FROM read_text('/etc/passwd')) > 0",
                "EXISTS (FROM read_csv('/etc/passwd'))",
                "unit IN (SELECT content FROM read_text('/etc/hostname'))",
                "ATTACH 'x.db'",
                "INSTALL httpfs",
                "time > 2 /* ",
                "(time > 2",
                "time > 2)",
                "'a",
                "",
                "time > 2 AND",
                "getenv('HOME') = ''",
                "current_setting('temp_directory') <> ''",
                "getvariable('x') IS NULL",
                "random() < 0.5",
                "Random() < 0.5",
                "row_number() OVER () > 3",
                "sum(time) > 3",
                "COLUMNS(*) IS NOT NULL",
                "time > ?",
                "time > $1"
            })
    void conditions(String condition) throws IOException {
        assertThat(rejected(panel, "--where", condition)).startsWith("rowwise: --where \"");
        assertThat(folder).isDirectoryNotContaining("glob:**stolen*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time > 2 -- and no more",
                "time > 2 /* and no more */ AND unit <> ';'",
                "NOT (unit LIKE '%)%' OR time IN (1, 3) OR \"time\" BETWEEN 14 AND 15)",
                "CASE WHEN unit = 'u1' THEN time > 2 ELSE time::INTEGER % 7 > 0 END",
                "list_contains(list_filter([1, 2, 3], lambda x: x > 1), time) OR regexp_matches(unit, '^u\\d')"
            })
    void conditionsOnRowsAreNotTouched(String condition) {
        Run run = Run.of("inspect", panel.toString(), "--where", condition);
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private Path database(String... statements) {
        Path file = folder.resolve("p.duckdb");
        try (Database database = Database.open(1)) {
            database.execute("ATTACH " + Sql.text(file.toString()) + " AS p");
            database.execute("CREATE TABLE p.panel AS FROM read_csv(" + Sql.text(panel.toString()) + ")");
            for (String statement : statements) {
                database.execute(statement);
            }
            database.execute("DETACH p");
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM read_text('/etc/passwd')",
                "FROM '/etc/passwd'",
                "FROM read_csv('p.csv')",
                "FROM glob('/etc/*')",
                "FROM 'https://127.0.0.1:1/x.csv'",
                "FROM panel; DROP TABLE panel",
                "FROM panel; FROM panel",
                "COPY panel TO 'stolen.csv'",
                "ATTACH 'stolen.db'",
                "INSTALL httpfs",
                "SET threads = 1",
                "EXPLAIN ANALYZE FROM panel",
                "WITH x AS (DELETE FROM panel RETURNING *) FROM x",
                "-- nothing",
                ""
            })
    void queriesOfDuckDbFiles(String query) throws IOException {
        byte[] before = Files.readAllBytes(database());
        assertThat(rejected(folder.resolve("p.duckdb"), "--query", query)).startsWith("rowwise: p.duckdb: --query \"");
        assertThat(Files.readAllBytes(folder.resolve("p.duckdb"))).isEqualTo(before);
        assertThat(folder).isDirectoryNotContaining("glob:**stolen*");
    }

    @Test
    void aViewThatReadsAnotherFile() throws IOException {
        Path file = database(
                "CREATE VIEW p.other AS FROM read_csv(" + Sql.text(panel.toString()) + ")", "DROP TABLE p.panel");
        assertThat(rejected(file))
                .contains("p.duckdb: view \"other\": it reads something outside this file", "p.csv")
                .contains("store that as a table of the file");
        assertThat(rejected(file, "--query", "FROM other")).contains("it reads something outside this file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; DROP TABLE x",
                "SELECT 'a;' -- ' ; DROP TABLE x",
                "SELECT '\\'; DROP TABLE x; -- '",
                "SELECT $$;$$",
                "SELECT `a;b`",
                "DELETE FROM x",
                "/* SELECT */ DROP TABLE x",
                "SELECT 1 INTO OUTFILE 'x'",
                "SELECT * INTO y FROM x",
                "CALL x()",
                ""
            })
    void queriesOfOtherDatabases(String query) {
        Run run = Run.of("inspect", "--jdbc", "jdbc:duckdb:", "--query", query);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("write one query, which starts with SELECT or WITH");
    }

    @Test
    void queriesOfOtherDatabasesThatPass() {
        String columns = " u AS unit, t AS time, u * t + (u * t % 5) AS outcome, (u + t) % 2 AS treatment";
        String table = " FROM range(9) AS a(u), range(8) AS b(t)";
        for (String query : new String[] {
            "SELECT" + columns + table + " ; ",
            "-- rows\nSELECT" + columns + table,
            "(SELECT" + columns + table + " WHERE 'a;b' <> ';')",
            "with x AS (SELECT" + columns + table + ") SELECT * FROM x WHERE 'into' <> 'x'"
        }) {
            Run run = Run.of("inspect", "--jdbc", "jdbc:duckdb:", "--query", query);
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
    }
}
