package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.rowwise.cli.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table in PostgreSQL gives the same bytes as its copies in files. */
@Tag("slow")
@ResourceLock(Resources.TIME_ZONE)
class JdbcTest {

    private static final List<String> STORES =
            List.of("東京・新宿", "עברית", "=1+1", "a \"quoted\", name", "two\nlines", "🧀", "007", "é", "NA", "z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static PostgresServer server;

    @BeforeAll
    static void copyThePanelEverywhere() throws IOException, SQLException {
        Path programs = PostgresServer.programs();
        assumeTrue(programs != null, "no PostgreSQL in /usr/lib/postgresql: nobody reads from a real database");
        server = PostgresServer.start(programs);
        server.execute("CREATE TABLE sales (store text, day date, moment timestamp, instant timestamptz, week integer,"
                + " revenue double precision, price numeric, share real, promo boolean, arm smallint, note text)");
        server.copyIn("sales", rows());
        Path csv = Files.writeString(folder.resolve("p.csv"), server.copyOut("sales"));
        try (Database database = Database.open(1)) {
            database.execute("COPY (FROM read_csv('" + csv + "', header = true, nullstr = '', all_varchar = false,"
                    + " quote = '\"', escape = '\"', auto_detect = false, delim = ',', new_line = '\\n', columns = {"
                    + "store: 'VARCHAR', day: 'DATE', moment: 'TIMESTAMP', instant: 'TIMESTAMPTZ', week: 'INTEGER',"
                    + " revenue: 'DOUBLE', price: 'DOUBLE', share: 'FLOAT', promo: 'BOOLEAN', arm: 'SMALLINT',"
                    + " note: 'VARCHAR'})) TO '" + folder.resolve("p.parquet") + "'");
        }
    }

    @AfterAll
    @SuppressWarnings("NullAway") // null if there is no PostgreSQL
    static void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    /** 10 stores and 14 days with missing outcomes of each kind. */
    private static String rows() {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder rows = new StringBuilder();
        for (int store = 0; store < STORES.size(); store++) {
            for (int day = 1; day <= 14; day++) {
                int treated = random.nextInt(2);
                double outcome = Math.exp(store / 3.0) * random.nextDouble() / 7 + treated;
                String number = day == 3 && store < 4 ? "" : day == 5 && store < 3 ? "NaN" : "" + outcome;
                rows.append(String.join(
                                ",",
                                '"' + STORES.get(store).replace("\"", "\"\"") + '"',
                                LocalDate.of(2024, 2, 20).plusDays(day).toString(),
                                "2024-02-01 " + (day + 8) + ":30:00" + (day == 2 ? ".25" : ""),
                                "2024-02-01 " + (day + 8) + ":30:00+09",
                                "" + day,
                                number,
                                number.isEmpty() || number.equals("NaN")
                                        ? number
                                        : String.format(Locale.ROOT, "%.3f", outcome),
                                number.isEmpty() ? "" : "" + (float) outcome,
                                "" + (treated == 1),
                                "" + treated,
                                "a note"))
                        .append('\n');
            }
        }
        return rows.toString();
    }

    private static Run run(String command, String[] input, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(input));
        arguments.addAll(List.of("--unit", "store"));
        arguments.addAll(List.of(options));
        return Run.of(arguments.toArray(String[]::new));
    }

    private static String[] jdbc(String query) {
        return new String[] {"--jdbc", server.url("ann"), "--query", query};
    }

    private static String written(String ending, String[] input, String... options) throws IOException {
        Path output = folder.resolve("e." + ending);
        List<String> more = new ArrayList<>(List.of(options));
        more.addAll(List.of("--quiet", "--output", output.toString()));
        Run run = run("estimate", input, more.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out() + run.err()).isEmpty();
        return Files.readString(output)
                .replaceAll("\"(file|query)\" ?: ?(\"[^\"]*\"|null)", "")
                .replaceAll("\"seconds\" ?: ?\\{[^}]*}", "");
    }

    @ParameterizedTest
    @CsvSource({
        "week, revenue, promo",
        "day, revenue, promo",
        "moment, revenue, arm",
        "instant, price, promo",
        "week, share, arm",
    })
    void everySourceGivesTheSameBytes(String time, String outcome, String treatment) throws IOException {
        String[] columns = {"--time", time, "--outcome", outcome, "--treatment", treatment};
        for (String ending : List.of("csv", "json")) {
            String expected = written(ending, jdbc("SELECT * FROM sales"), columns);
            assertThat(written(ending, new String[] {folder.resolve("p.parquet").toString()}, columns))
                    .isEqualTo(expected);
            if (!outcome.equals("share")) {
                // The text of a float has only the digits that distinguish it from its neighbours.
                assertThat(written(ending, new String[] {folder.resolve("p.csv").toString()}, columns))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void resultsDoNotDependOnTheTimeZone() throws IOException {
        String[] columns = {"--time", "moment", "--outcome", "revenue", "--treatment", "promo"};
        String[] withOffset = {"--time", "instant", "--outcome", "revenue", "--treatment", "promo"};
        String[] input = jdbc("SELECT * FROM sales");
        String moments = written("json", input, columns);
        String instants = written("json", input, withOffset);
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
            assertThat(written("json", input, columns)).isEqualTo(moments).contains("\"2024-02-01 10:30:00.25\"");
            assertThat(written("json", input, withOffset)).isEqualTo(instants).contains("\"2024-02-01 00:30:00+00\"");
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void conditionsSummariesAndPanelFiles() throws IOException {
        String[] input = jdbc("SELECT * FROM sales");
        String[] columns = {"--time", "week", "--outcome", "revenue", "--treatment", "promo"};
        Run run = run(
                "inspect",
                input,
                "--time",
                "week",
                "--outcome",
                "revenue",
                "--treatment",
                "promo",
                "--where",
                "day > DATE '2024-02-24' AND note = 'a note'");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres, 100 rows where day >")
                .contains("query SELECT * FROM sales")
                .contains("10 units (store) x 10 periods");
        Path packed = folder.resolve("p.rowwise");
        Run pack = run(
                "pack",
                input,
                "--time",
                "week",
                "--outcome",
                "revenue",
                "--treatment",
                "promo",
                "--output",
                packed.toString());
        assertThat(pack.exitCode()).as(pack.err()).isZero();
        Run fromFile = Run.of("estimate", packed.toString(), "--quiet", "--output", "-");
        assertThat(fromFile.out()).isEqualTo(written("csv", input, columns));
    }

    @Test
    void manyRowsAreStreamed() {
        Run run = Run.of(
                "inspect",
                "--jdbc",
                server.url("ann"),
                "--query",
                "SELECT 'u' || u AS unit, t AS time, sin(u * t)::numeric AS outcome, (u * 7 + t * t) % 3 = 0 AS treatment"
                        + " FROM generate_series(1, 300) u, generate_series(1, 200) t ORDER BY u, t");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("60,000 rows", "300 units", "200 periods");
    }

    private static String rejected(String... arguments) {
        List<String> all = new ArrayList<>(List.of("estimate"));
        all.addAll(List.of(arguments));
        Run run = Run.of(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("rowwise: ").hasLineCount(1);
        return run.err();
    }

    private static String rejectedQuery(String query, String... more) {
        List<String> arguments = new ArrayList<>(List.of(jdbc(query)));
        arguments.addAll(List.of(more));
        return rejected(arguments.toArray(String[]::new));
    }

    @Test
    void wrongQueries() {
        String name = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres";
        assertThat(rejectedQuery("SELECT * FROM sale"))
                .contains(name
                        + ": --query \"SELECT * FROM sale\": ERROR: relation \"sale\" does not exist Position: 15");
        assertThat(rejectedQuery("DELETE FROM sales RETURNING *")).contains("not a query");
        assertThat(rejectedQuery("WITH gone AS (DELETE FROM sales RETURNING *) SELECT * FROM gone"))
                .contains("read-only transaction");
        assertThat(rejectedQuery("SELECT 1 / 0 AS unit")).contains("division by zero");
        assertThat(rejectedQuery("SELECT pg_terminate_backend(pg_backend_pid())"))
                .contains("FATAL: terminating connection due to administrator command");
        assertThat(rejectedQuery("SELECT * FROM sales"))
                .contains(name + ": no column \"unit\"; name it with --unit. Columns: ")
                .contains("store", "revenue");
        String columns = "store AS unit, week AS time, revenue AS outcome, promo AS treatment";
        assertThat(rejectedQuery("SELECT " + columns + ", week AS unit FROM sales"))
                .contains("columns 1 and 5 are both called \"unit\"");
        assertThat(rejectedQuery("SELECT " + columns + " FROM sales LIMIT 0")).contains(name + ": no rows");
        assertThat(rejectedQuery("SELECT 'a' AS unit, 1 AS time, 'x' AS outcome, 1 AS treatment"))
                .contains(name + ", row 1 of the query, column \"outcome\": \"x\" is not a number");
        assertThat(rejectedQuery("SELECT 'a' AS unit, 1 AS time, 'Infinity'::numeric AS outcome, 1 AS treatment"))
                .contains("row 1 of the query, column \"outcome\": \"Infinity\" is infinite");
        assertThat(rejectedQuery("SELECT " + columns + " FROM sales UNION ALL SELECT 'z', 3, 1, true"))
                .contains(name + ", rows ")
                .contains("and 141 of the query: two rows for unit \"z\" and period \"3\"");
        for (String type : List.of("date", "timestamp", "timestamptz")) {
            assertThat(rejectedQuery(
                            "SELECT 'a' AS unit, 'infinity'::" + type + " AS time, 1 AS outcome, 1 AS treatment"))
                    .contains(name + ", row 1 of the query, column \"time\": the date or time is out of range");
        }
    }

    @Test
    void wrongAddresses() {
        String closed = server.url("ann").replace(":" + server.port(), ":1");
        assertThat(rejected("--jdbc", closed, "--query", "SELECT 1"))
                .contains("jdbc:postgresql://127.0.0.1:1/postgres: no connection: Connection to 127.0.0.1:1 refused")
                .contains("check that the server is running");
        assertThat(rejected("--jdbc", "jdbc:nosuch://host/db?password=hidden", "--query", "SELECT 1"))
                .contains("jdbc:nosuch://host/db: no JDBC driver accepts this URL")
                .contains("org.postgresql.Driver", "ROWWISE_CLASS_PATH")
                .doesNotContain("hidden");
        assertThat(rejected("--jdbc", "postgres://ann:hidden@host/db", "--query", "SELECT 1"))
                .contains("--jdbc: not a JDBC URL")
                .doesNotContain("hidden");
        assertThat(rejected("--jdbc", server.url("ann").replace("/postgres?", "/none?"), "--query", "SELECT 1"))
                .contains("no connection: FATAL: database \"none\" does not exist");
        assertThat(rejected("--jdbc", server.url("ann"))).contains("--jdbc without --query");
        assertThat(rejected("p.csv", "--jdbc", server.url("ann"), "--query", "SELECT 1"))
                .contains("the file p.csv and --jdbc: two inputs");
        assertThat(rejected(server.url("ann") + "&password=hidden"))
                .contains("give the address of a database with --jdbc")
                .doesNotContain("hidden");
        assertThat(rejected("--query", "SELECT 1")).contains("INPUT, or --jdbc URL");
    }

    /** DuckDB's driver rejects read-only mode on an open connection. */
    @Test
    void anotherDriver() {
        Run run = Run.of(
                "inspect",
                "--jdbc",
                "jdbc:duckdb:",
                "--query",
                "SELECT 'u' || u AS unit, t AS time, random() AS outcome, (u + t) % 2 AS treatment"
                        + " FROM range(9) AS a(u), range(8) AS b(t)");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("jdbc:duckdb:, 72 rows", "9 units");
    }

    @Test
    void passwords() throws IOException {
        String query = "SELECT store AS unit, week AS time, revenue AS outcome, promo AS treatment FROM sales";
        assertThat(rejected("--jdbc", server.url("bob"), "--query", query))
                .contains("no connection")
                .contains("no password was provided")
                .contains("ROWWISE_JDBC_PASSWORD");
        assertThat(rejected("--jdbc", server.url("bob") + "&password=hidden", "--query", query))
                .contains("no connection: FATAL: password authentication failed for user \"bob\"")
                .doesNotContain("hidden");
        // The driver takes this for the name of a host, and repeats it in the cause.
        Run host = Run.of(
                "estimate", "--verbose", "--jdbc", "jdbc:postgresql://bob:hidden@127.0.0.1:1/x", "--query", query);
        assertThat(host.exitCode()).isEqualTo(2);
        assertThat(host.err()).contains("jdbc:postgresql:...: no connection").doesNotContain("hidden");
        String given = server.url("bob") + "&password=" + PostgresServer.PASSWORD.replace(" ", "%20");
        Path output = folder.resolve("e.json");
        Path report = folder.resolve("e.html");
        Run run = Run.of(
                "estimate",
                "--verbose",
                "--jdbc",
                given,
                "--query",
                query,
                "--output",
                output.toString(),
                "--report",
                report.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        for (String text : List.of(run.out(), run.err(), Files.readString(output), Files.readString(report))) {
            assertThat(text).doesNotContain("secret");
        }
    }

    @Test
    void passwordsFromTheEnvironment() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("pgpass"), "127.0.0.1:*:*:bob:" + PostgresServer.PASSWORD + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        for (Map.Entry<String, String> variable : Map.of(
                        "ROWWISE_JDBC_PASSWORD", PostgresServer.PASSWORD, "PGPASSFILE", file.toString())
                .entrySet()) {
            Path log = folder.resolve("log");
            ProcessBuilder program = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    "io.github.rowwise.cli.Rowwise",
                    "inspect",
                    "--jdbc",
                    server.url("bob"),
                    "--query",
                    "SELECT store AS unit, week AS time, revenue AS outcome, promo AS treatment FROM sales");
            program.environment().put(variable.getKey(), variable.getValue());
            Process process = program.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            assertThat(process.waitFor()).as(Files.readString(log)).isZero();
            assertThat(Files.readString(log)).contains("140 rows").doesNotContain("secret");
        }
    }
}
