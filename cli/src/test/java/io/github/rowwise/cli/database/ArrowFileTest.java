package io.github.rowwise.cli.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.cli.ArrowText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrow files are readable by Arrow's own library. */
@Tag("slow")
class ArrowFileTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private ArrowText written(String question) throws IOException {
        Path file = folder.resolve("t.arrow");
        Path again = folder.resolve("again.arrow");
        try (Database database = Database.open(1)) {
            database.execute("CREATE TABLE t AS " + question);
            database.copyToArrow("t", file);
            database.copyToArrow("(SELECT * FROM t)", again);
        }
        assertThat(Files.mismatch(file, again)).isEqualTo(-1);
        return ArrowText.read(file);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 65_535, 65_536, 65_537, 150_000})
    void allRowsAreWritten(int rows) throws IOException {
        ArrowText text = written("SELECT CASE WHEN i % 3 <> 1 THEN 'Größe 東' || i END AS name,"
                + " CASE WHEN i % 5 <> 2 THEN i / 7.0::DOUBLE END AS value, CASE WHEN i % 4 <> 0 THEN -i::INTEGER END"
                + " AS count FROM range(" + rows + ") r(i)");

        assertThat(text.schema()).isEqualTo("Schema<name: Utf8, value: FloatingPoint(DOUBLE), count: Int(32, true)>");
        List<List<@Nullable String>> expected = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            List<@Nullable String> row = new ArrayList<>();
            row.add(i % 3 != 1 ? "Größe 東" + i : null);
            row.add(i % 5 != 2 ? Double.toString(i / 7.0) : null);
            row.add(i % 4 != 0 ? Integer.toString(-i) : null);
            expected.add(row);
        }
        assertThat(text.rows()).isEqualTo(expected);
        assertThat(text.batches()).allMatch(count -> count <= 65_536);
    }

    @Test
    void anEmptyTextIsNotNull() throws IOException {
        List<@Nullable String> empty = new ArrayList<>();
        empty.add(null);
        assertThat(written("SELECT '' AS a UNION ALL SELECT NULL").rows()).isEqualTo(List.of(List.of(""), empty));
    }

    @Test
    void longTextsAreSplitIntoMoreBatches() throws IOException {
        ArrowText text = written("SELECT repeat('x', 1000000) || i AS a FROM range(40) r(i)");
        assertThat(text.batches()).hasSize(3);
        assertThat(text.rows())
                .hasSize(40)
                .allMatch(row -> String.valueOf(row.get(0)).length() > 1_000_000);
    }
}
