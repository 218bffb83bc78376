package io.github.rowwise.cli;

import static io.github.rowwise.cli.WrongFileTest.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables beyond a limit are refused soon, with the limit and a way out. */
@Tag("slow")
class LimitsTest {

    private static final String LONG = "x".repeat(3_000_000);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void columns() throws IOException {
        String header = IntStream.range(0, 100_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        String row = "1,".repeat(99_999) + "1";
        Path outcomes = PanelFile.write(folder, "o.csv", "unit," + header + "\na," + row + "\n");
        Path treatments = PanelFile.write(folder, "t.csv", "unit," + header + "\na," + row + "\n");

        assertThat(rejected(outcomes, "--treatments", treatments.toString()))
                .endsWith("o.csv: 100001 columns, more than 5000; write one row for each unit and period, and leave"
                        + " --treatments out");
        assertThat(rejected(outcomes)).contains("o.csv: 100001 columns, more than 5000; keep those of the unit");
    }

    @Test
    void aRowOfCsv() throws IOException {
        assertThat(rejected(PanelFile.write(folder, "p.csv", rows -> rows.set(3, LONG + ",4,1,0"))))
                .contains("p.csv, line 5: more than 2097152 bytes in one row; close a quote or end a line");
        assertThat(rejected(PanelFile.write(folder, "q.csv", LONG + "\nu,1,1,0\n")))
                .contains("q.csv, line 1: more than 2097152 bytes");
    }

    @Test
    void aLineOfJson() throws IOException {
        String row = "{\"unit\":\"a\",\"time\":1,\"outcome\":1,\"treatment\":0}\n";
        String line = "{\"unit\":\"" + LONG.repeat(15) + "\",\"time\":1,\"outcome\":1,\"treatment\":0}\n";
        assertThat(rejected(PanelFile.write(folder, "p.jsonl", row + line + row)))
                .endsWith("p.jsonl, line 2: more than 16777216 bytes in one line; put each object on a line of its own,"
                        + " or shorten its values");
    }
}
