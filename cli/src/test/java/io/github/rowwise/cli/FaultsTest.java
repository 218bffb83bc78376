package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong around the program loses nothing. The table of all such tests is docs/faults.md. */
@Tag("slow")
class FaultsTest {

    private static final String ESTIMATE = "rowwise estimate p.csv --method spectral --quiet --output ";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Shell shell;

    @BeforeEach
    void writePanel() throws IOException {
        PanelFile.write(folder, "p.csv", rows -> {});
        Files.createDirectory(folder.resolve("out"));
        shell = Shell.in(folder);
    }

    private List<String> outputs() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** A panel of noise, which a database writes faster than rowwise simulate. */
    private void writeBigPanel(int units, int periods) {
        try (Database database = Database.open(1)) {
            database.execute("COPY (SELECT 'u' || i AS unit, j AS time, hash(i * 1000 + j) % 1000 / 100.0 AS outcome,"
                    + " hash(j * 10000 + i) % 2 AS treatment FROM range(" + units + ") a(i), range(" + periods
                    + ") b(j)) TO " + Sql.text(folder + "/big.csv"));
        }
    }

    /** 400000 cells take long enough to be killed while they are written. */
    @Test
    void killedWhileItWritesAndRunAgain() throws Exception {
        writeBigPanel(500, 400);
        Run run = shell.bash(
                "command='estimate big.csv --method spectral --rank 1 --quiet --output out/e.csv --cells out/c.csv';"
                        + " rowwise $command; mkdir kept; mv out/* kept;"
                        + " rowwise $command & for i in $(seq 3000); do"
                        + " [ -z \"$(find out -size +50k)\" ] || break; sleep 0.01; done;"
                        + " kill -9 $!; wait $! 2>/dev/null || echo killed; ls out | grep -v part || echo nothing;"
                        + " rowwise $command; cmp kept/e.csv out/e.csv; cmp kept/c.csv out/c.csv");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines()).containsExactly("killed", "nothing");
        assertThat(outputs()).containsExactly("c.csv", "e.csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "estimate p.csv --quiet --method spectral --output small/e.csv",
                "estimate p.csv --quiet --method spectral --cells small/c.parquet",
                "estimate p.csv --quiet --method spectral --report small/r.html",
                "estimate p.csv --quiet --checkpoint small/k",
                "pack p.csv --output small/p.rowwise",
            })
    void aFullDisk(String command) throws Exception {
        // A user name space may mount a disk of its own; where it may not, there is nothing to fill.
        Run mounted = shell.bash("mkdir small; unshare -rm mount -t tmpfs -o size=16k tmpfs small || echo none");
        assumeThat(mounted.out()).isEmpty();

        Run run = shell.bash("unshare -rm bash -c 'mount -t tmpfs -o size=16k tmpfs small;"
                + " head -c 16384 /dev/zero >small/filled; rowwise " + command + "; code=$?; ls -A small; exit $code'");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.out()).isEqualTo("filled\n");
        assertThat(run.err()).hasLineCount(1).startsWith("rowwise: ").containsIgnoringCase("no space left on");
    }

    @Test
    void anInterruptWhileItFitsLeavesNothing() throws Exception {
        // The shell ignores the signal for commands in the background, so another one sends it.
        writeBigPanel(3000, 400);
        Run run = shell.bash("echo earlier >out/e.csv; set +e;"
                + " timeout --preserve-status -s INT 3 rowwise estimate big.csv --quiet --output out/e.csv; echo $?;"
                + " cat out/e.csv");

        assertThat(run.out().lines()).containsExactly("130", "earlier");
        assertThat(run.err()).isEmpty();
        assertThat(outputs()).containsExactly("e.csv");
    }

    @Test
    void anInputThatChangesWhileItIsRead() throws Exception {
        writeBigPanel(3000, 200);
        Run run = shell.bash("(while [ ! -e done ]; do sleep 0.1; touch big.csv; done) & set +e;"
                + ESTIMATE.replace("p.csv", "big.csv") + "out/e.csv; echo $?; touch done");

        assertThat(run.out()).isEqualTo("2\n");
        assertThat(run.err())
                .isEqualTo("rowwise: big.csv: the file changed while it was read; run the same command again when"
                        + " nobody writes to it\n");
        assertThat(outputs()).isEmpty();
    }

    @Test
    void twoRunsWithOneOutput() throws Exception {
        Run run = shell.bash(ESTIMATE + "one.csv; " + ESTIMATE + "out/e.csv & first=$!; " + ESTIMATE
                + "out/e.csv; wait $first; cmp one.csv out/e.csv");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(outputs()).containsExactly("e.csv");
    }

    @Test
    void littleMemory() throws Exception {
        writeBigPanel(12_000, 150);
        Run run = shell.bash("export JDK_JAVA_OPTIONS=-Xmx24m; " + ESTIMATE.replace("p.csv", "big.csv") + "out/e.csv");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.err().lines().filter(line -> !line.startsWith("NOTE:")))
                .singleElement()
                .asString()
                .startsWith("rowwise: ")
                .contains("ROWWISE_JAVA_OPTIONS=-Xmx")
                .containsPattern("rowwise pack|--storage float");
        assertThat(outputs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr TR Asia/Kolkata"})
    void languagesAndTimeZones(String place) throws Exception {
        String[] parts = place.split(" ", -1);
        String there = "-Duser.language=" + parts[0] + " -Duser.country=" + parts[1] + " -Duser.timezone=" + parts[2];
        Run run = shell.bash("mkdir a b;"
                + commandsIn("a", "-Duser.language=en -Duser.timezone=UTC")
                + commandsIn("b", there)
                // What differs by itself: durations, and the folder.
                + "sed -i -E 's/(reading|fitting)(\" :)? [0-9.]+/\\1/g; s#[ab]/([cer]\\.)#\\1#' ?/e.json ?/summary ?/inspection;"
                + " diff a b");

        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static String commandsIn(String to, String options) {
        return ("export JDK_JAVA_OPTIONS='" + options + "'; rowwise estimate p.csv --method spectral --output TO/e.json"
                        + " --report TO/r.html --cells TO/c.parquet >TO/summary; rowwise inspect p.csv >TO/inspection; ")
                .replace("TO/", to + "/");
    }
}
