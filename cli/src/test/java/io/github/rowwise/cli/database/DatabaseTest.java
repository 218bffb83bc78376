package io.github.rowwise.cli.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** A database stores its files in the current temporary directory, and deletes them on close. */
@Tag("slow")
@Isolated("moves the temporary folder")
class DatabaseTest {

    private static final String TEMPORARY = "java.io.tmpdir";

    private final String before = System.getProperty(TEMPORARY);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void useFolder() {
        System.setProperty(TEMPORARY, folder.toString());
    }

    @AfterEach
    void restoreFolder() {
        System.setProperty(TEMPORARY, before);
    }

    @Test
    void onDisk() {
        try (Database database = Database.onDisk()) {
            database.execute("CREATE TABLE t AS SELECT 1 AS i");
            assertThat(folder).isDirectoryRecursivelyContaining(path -> path.endsWith("table.db"));
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void tableOnDisk() {
        List<Integer> answer = new ArrayList<>();
        try (Database database = Database.open(2)) {
            database.createOnDisk("t", "SELECT range::INTEGER AS i FROM range(5)");
            database.query("SELECT i FROM t WHERE i > 2 ORDER BY i", row -> answer.add(row.getInt(1)));
            assertThat(folder).isDirectoryRecursivelyContaining(path -> path.endsWith("disk.db"));
        }
        assertThat(answer).containsExactly(3, 4);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void dataBeyondTheMemoryLimitAreSpilledThere() {
        try (Database database = Database.open(1)) {
            database.execute("SET memory_limit = '60MB'");
            database.execute("CREATE TABLE t AS SELECT range AS i, hash(range) AS h FROM range(6000000)");
            assertThat(folder)
                    .isDirectoryRecursivelyContaining(path -> path.toString().contains("spill"));
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFullDiskIsRecognised() {
        try (Database database = Database.open(1)) {
            database.execute("SET memory_limit = '60MB'");
            database.execute("SET max_temp_directory_size = '1MB'");
            assertThatThrownBy(() -> database.execute(
                            "CREATE TABLE t AS SELECT range AS i, hash(range) AS h FROM range(6000000)"))
                    .isInstanceOfSatisfying(
                            DatabaseException.class,
                            e -> assertThat(e.isDiskFull()).isTrue());
        }
    }
}
