package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code .arrow} files have the same contents as CSV files. */
class ArrowTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void effectsAndCells() throws IOException {
        Path panel = PanelFile.write(folder, "p.csv", rows -> {});
        for (String ending : List.of("csv", "arrow")) {
            Run run = Run.of(
                    "estimate",
                    panel.toString(),
                    "--output",
                    folder.resolve("effects." + ending).toString(),
                    "--cells",
                    folder.resolve("cells." + ending).toString());
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).contains("effects." + ending, "cells." + ending);
        }
        for (String table : List.of("effects", "cells")) {
            List<String> csv = Files.readAllLines(folder.resolve(table + ".csv"));
            ArrowText arrow = ArrowText.read(folder.resolve(table + ".arrow"));
            assertThat(arrow.schema().replaceAll("Schema<|: \\w+(\\([\\w, ]+\\))?|>| ", ""))
                    .isEqualTo(csv.get(0));
            assertThat(arrow.rows()).hasSize(csv.size() - 1).hasSizeGreaterThan(10);
            for (int row = 0; row < arrow.rows().size(); row++) {
                String[] cells = csv.get(row + 1).split(",", -1);
                for (int k = 0; k < cells.length; k++) {
                    String found =
                            Objects.requireNonNullElse(arrow.rows().get(row).get(k), "");
                    assertThat(isSame(found, cells[k]))
                            .as(found + " and " + cells[k])
                            .isTrue();
                }
            }
        }
    }

    private static boolean isSame(String found, String text) {
        return found.equals(text)
                || (found.matches("-?\\d.*")
                        && Double.compare(Double.parseDouble(found), Double.parseDouble(text)) == 0);
    }
}
