package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.output.TextWidth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The help of each command: its width, and its examples in a shell. */
@Tag("slow")
class HelpTest {

    private static final String OPTIONS = """
            # The columns
            --unit store --time "week"   # of each row
            --outcome 'sales'
            --treatment promotion

            --where "region <> 'no # such'"
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Shell shell;

    static Stream<String> commands() {
        return Stream.concat(
                Stream.of(""),
                Rowwise.commandLine(new Terminal(System.out, System.err, false)).getSubcommands().entrySet().stream()
                        .flatMap(command -> Stream.concat(
                                Stream.of(command.getKey()),
                                command.getValue().getSubcommands().keySet().stream()
                                        .map(below -> command.getKey() + " " + below))));
    }

    /** The files that the examples name. */
    @BeforeAll
    static void writeFiles() throws IOException {
        shell = Shell.in(folder);
        Path plain = folder.resolve("plain.csv");
        Run.of("simulate", "--units", "24", "--periods", "30", "--rank", "1", "--output", plain.toString());
        try (Database database = Database.open(1)) {
            database.execute(
                    "CREATE TABLE p AS SELECT *, CASE WHEN unit < 'u20' THEN 'north' ELSE 'south' END AS region,"
                            + " 100 + 7 * length(unit) AS population, 0.1 AS cost FROM read_csv('" + plain + "')");
            String renamed =
                    "SELECT unit AS store, time AS week, time AS day, outcome AS sales, treatment AS promotion,"
                            + " region, population, cost FROM p";
            copy(database, renamed, "sales.csv");
            copy(database, renamed, "sales.parquet");
            copy(database, "SELECT * FROM p", "sales.csv.gz");
            copy(
                    database,
                    "SELECT unit, time, outcome, CASE treatment WHEN 1 THEN 'new' ELSE 'placebo' END AS drug FROM p",
                    "trial.parquet");
        }
        Files.writeString(folder.resolve("sales.options"), OPTIONS);
        Files.createDirectories(folder.resolve(".local/share/bash-completion/completions"));
    }

    private static void copy(Database database, String question, String file) {
        database.execute("COPY (" + question + ") TO '" + folder.resolve(file) + "'");
    }

    private static List<String> help(String command) {
        Run run = Run.of((command + " --help").strip().split(" "));
        assertThat(run.exitCode()).isZero();
        return run.out().lines().toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void fitsATerminal(String command) {
        assertThat(help(command)).allMatch(line -> TextWidth.width(line) <= 80);
    }

    /** All lines of an example, and those of one command one after another, as a reader would type them. */
    @ParameterizedTest
    @MethodSource("commands")
    void itsExamplesRun(String command) throws IOException, InterruptedException {
        List<String> help = help(command);
        int heading = Math.max(help.indexOf("Examples:"), help.indexOf("Example:"));
        assertThat(heading).isPositive();
        List<String> examples = help.subList(heading + 1, help.size()).stream()
                .takeWhile(line -> line.startsWith("  "))
                .toList();
        assertThat(examples.get(0)).contains("rowwise " + command);
        // As small as they may be.
        String lines = String.join("\n", examples)
                .replaceAll("\\\\\n\\s*", "")
                .replace("--units 300 --periods 200", "--units 24 --periods 30")
                .replace("--largest 400", "--largest 200");
        for (String line : lines.lines().map(String::strip).toList()) {
            Run run = run(line);
            assertThat(run.err().lines().filter(said -> said.startsWith("rowwise:")))
                    .isEmpty();
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
    }

    /** A line without signs of the shell runs in this process, which is faster than one of its own. */
    private static Run run(String line) throws IOException, InterruptedException {
        if (!line.matches("rowwise [\\w@. -]*")) {
            return shell.bash(line);
        }
        return Run.of(Stream.of(line.split(" +"))
                .skip(1)
                .map(word -> word.matches("@?[a-z]\\w*(\\.\\w+)+")
                        ? word.replaceFirst("(@?)(.*)", "$1" + folder.resolve("$2"))
                        : word)
                .toArray(String[]::new));
    }

    @Test
    void aFileOfOptionsIsAsGoodAsTheOptions() throws IOException {
        String sales = folder.resolve("sales.csv").toString();
        Run written = Run.of(
                "estimate",
                sales,
                "--unit",
                "store",
                "--time",
                "week",
                "--outcome",
                "sales",
                "--treatment",
                "promotion",
                "--where",
                "region <> 'no # such'",
                "--output",
                "-",
                "--quiet");
        assertThat(written.exitCode()).as(written.err()).isZero();
        Run read = Run.of("estimate", sales, "@" + folder.resolve("sales.options"), "--output", "-", "--quiet");
        assertThat(read.err()).isEmpty();
        assertThat(read.out()).isEqualTo(written.out());

        Path wrong = Files.writeString(folder.resolve("wrong.options"), "--unit store --outcom sales");
        assertThat(Run.of("estimate", sales, "@" + wrong).err())
                .isEqualTo("rowwise: unknown option \"--outcom\"; did you mean \"--outcome\"?"
                        + " (see rowwise estimate --help)\n");
        assertThat(Run.of("estimate", sales, "@" + folder.resolve("missing.options"))
                        .err())
                .contains("missing.options\": no such file of options");
    }

    @Test
    void aFileOfOptionsIsUtf8() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("utf8.options"), "--unit Geschäft --time 週");
        Run run = shell.bash("LC_ALL=C rowwise estimate sales.csv @utf8.options || true");
        assertThat(run.err()).hasLineCount(1).contains("no column \"Geschäft\"");
    }

    @Test
    void coloursAreForATerminalThatWantsThem() throws IOException, InterruptedException {
        String help = "\"rowwise backends --help\" /dev/null";
        Assumptions.assumeTrue(
                shell.bash("command -v script || true").out().contains("script"), "no script(1) to make a terminal");
        String escape = "\u001b[";
        assertThat(shell.bash("unset NO_COLOR; script -qec " + help).out()).contains(escape);
        assertThat(shell.bash("NO_COLOR=1 script -qec " + help).out())
                .contains("Usage")
                .doesNotContain(escape);
        assertThat(shell.bash("unset NO_COLOR; rowwise backends --help").out())
                .contains("Usage")
                .doesNotContain(escape);
    }
}
