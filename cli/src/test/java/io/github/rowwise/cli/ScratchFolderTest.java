package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The folder for temporary files belongs to one process only. Each test runs the program as a process of its own, with
 * {@code tmp} as the temporary directory.
 */
@Tag("slow")
class ScratchFolderTest {

    private static final String TABLE = "unit,time,treatment,outcome\na,1,0,1\na,2,1,2\nb,1,1,3\nb,2,0,4\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private String run(String script) throws IOException, InterruptedException {
        Files.createDirectory(folder.resolve("tmp"));
        Files.writeString(folder.resolve("p.csv"), TABLE);
        Run run = Shell.in(folder).bash("export JDK_JAVA_OPTIONS=-Djava.io.tmpdir=$PWD/tmp; " + script);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out();
    }

    /** The launcher replaces its process by Java's, so the script knows the process id before the program starts. */
    @Test
    void aFolderThatSomebodyElsePreparedIsNotUsed() throws Exception {
        run("(mkdir -m 777 tmp/rowwise-$BASHPID; exec rowwise inspect p.csv)");

        try (var files = Files.list(folder.resolve("tmp"))) {
            List<Path> remaining = files.toList();
            assertThat(remaining)
                    .as("the prepared folder is neither used nor deleted")
                    .hasSize(1);
            assertThat(remaining.get(0)).isEmptyDirectory();
        }
    }

    @Test
    void theNextRunDeletesWhatAKilledRunLeft() throws Exception {
        // The first run waits for its input. By the time it is killed it has loaded DuckDB's library.
        String left = run("mkfifo rows.csv; rowwise estimate rows.csv --output e.csv >/dev/null 2>&1 &"
                + " until grep -q libduckdb_java /proc/$!/maps && [ -d tmp/*/rowwise-table* ]; do sleep 0.1; done; sleep 1;"
                + " kill -9 $!; wait $! 2>/dev/null || true; ls tmp;"
                + " name=$(basename tmp/rowwise-*); echo half >.$name.part; echo half >.$name.part.part;"
                + " touch -d '1 hour ago' tmp/libduckdb_java1.so; mkdir tmp/rowwise-1-0-5; echo half >.rowwise-1-0-5.part;" // another machine's
                + " rowwise estimate p.csv --output e.csv >/dev/null 2>&1 || [ $? = 3 ]");

        assertThat(left.strip()).matches("rowwise-\\d+-[0-9a-f]+-\\d+");
        assertThat(folder.resolve("tmp")).isDirectoryNotContaining(path -> !path.endsWith("rowwise-1-0-5"));
        assertThat(folder)
                .isDirectoryNotContaining(
                        path -> path.toString().endsWith(".part") && !path.endsWith(".rowwise-1-0-5.part"));
    }

    @Test
    void onlyTheOwnerHasAccessAndItIsDeletedOnExit() throws Exception {
        // The program waits for its input until the permissions have been listed.
        String listed = run("mkfifo rows.csv; rowwise inspect rows.csv >/dev/null 2>&1 & sleep 0.1;"
                + " for i in $(seq 300); do [ -z \"$(ls tmp)\" ] || break; sleep 0.1; done;"
                + " stat -c '%A %n' tmp/*; kill $!; wait $! || true");

        assertThat(listed.strip()).matches("drwx------ tmp/rowwise-\\d+-[0-9a-f]+-\\d+");
        assertThat(folder.resolve("tmp")).isEmptyDirectory();
    }
}
