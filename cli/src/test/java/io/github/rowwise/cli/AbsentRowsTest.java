package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that exist only where something happened. */
@Tag("slow")
class AbsentRowsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** A staggered panel, with or without its rows of outcome 0. */
    private Path panel(String name, boolean hasZeros) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        List<String> rows = new ArrayList<>();
        for (int unit = 0; unit < 14; unit++) {
            int start = 4 + unit;
            for (int period = 1; period <= 16; period++) {
                int treated = unit < 10 && period >= start ? 1 : 0;
                double outcome = Math.max(0, unit % 3 + 0.1 * period - 1 + treated + random.nextDouble() * 2 - 1);
                // The rows next to the start are there, so that the treatment of all others is known.
                if (outcome > 0 || hasZeros || period == start || period == start - 1) {
                    rows.add("u" + unit + "," + period + "," + outcome + "," + treated);
                }
            }
        }
        return PanelFile.write(folder, name, PanelFile.HEADER + "\n" + String.join("\n", rows) + "\n");
    }

    private static Run estimate(Path file, String... options) {
        List<String> arguments = new ArrayList<>(List.of("estimate", file.toString(), "--output", "-"));
        arguments.addAll(List.of(options));
        return Run.of(arguments.toArray(String[]::new));
    }

    @Test
    void absentRowsCountAsZero() throws IOException {
        String expected = estimate(panel("all.csv", true)).out();
        Path some = panel("some.csv", false);
        Run run = estimate(some, "--absent-rows", "zero");
        assertThat(run.err().replaceAll("\\s+", " "))
                .contains("without a row counted as 0")
                .contains(", 0 missing");
        assertThat(run.out()).isEqualTo(expected);
        assertThat(estimate(some).out()).isNotEqualTo(expected);
        Path packed = folder.resolve("p.rowwise");
        assertThat(Run.of("pack", some.toString(), "--absent-rows", "zero", "--output", packed.toString())
                        .exitCode())
                .isZero();
        assertThat(estimate(packed).out()).isEqualTo(expected);
        Path json = folder.resolve("p.json");
        assertThat(Run.of("estimate", some.toString(), "--absent-rows", "zero", "--output", json.toString())
                        .exitCode())
                .isZero();
        JsonText read = JsonText.parse(json).at("panel");
        assertThat(read.at("absent_rows").text()).isEqualTo("zero");
        assertThat(read.at("missing_codes").elements()).isEmpty();
        assertThat(read.at("no_row_counted_as_zero").number()).isPositive();
        Path coded = folder.resolve("coded.json");
        assertThat(Run.of("estimate", some.toString(), "--missing", "-999,None", "--output", coded.toString())
                        .exitCode())
                .isZero();
        JsonText plain = JsonText.parse(coded).at("panel");
        assertThat(plain.at("absent_rows").text()).isEqualTo("missing");
        assertThat(plain.at("missing_codes").elements().stream().map(JsonText::text))
                .containsExactly("-999", "none");
        assertThat(plain.at("no_row_counted_as_zero").number()).isZero();
        // A panel file does not say how its table was read.
        Path again = folder.resolve("again.json");
        assertThat(Run.of("estimate", packed.toString(), "--output", again.toString())
                        .exitCode())
                .isZero();
        assertThat(JsonText.parse(again).at("panel").at("absent_rows").value()).isNull();
        assertThat(JsonText.parse(again).at("panel").at("missing_codes").value())
                .isNull();
    }

    @Test
    void manyAbsentRowsAreWarnedOf() throws IOException {
        StringBuilder rows = new StringBuilder(PanelFile.HEADER + "\n");
        for (String row : PanelFile.rows()) {
            double outcome = Double.parseDouble(List.of(row.split(",")).get(2)) - 2.05;
            if (outcome > 0) {
                rows.append(row.replaceFirst(",[^,]*,([01])$", "," + outcome + ",$1"))
                        .append('\n');
            }
        }
        Path panel = PanelFile.write(folder, "p.csv", rows.toString());
        assertThat(estimate(panel).err().replaceAll("\\s+", " "))
                .contains("of the cells are missing, all outcomes are above 0, and many are close to 0")
                .contains("(--absent-rows zero)");
        // Units that switch back and forth say nothing about where they have no row.
        Run run = estimate(panel, "--absent-rows", "zero");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("p.csv: --absent-rows zero: unit \"u", "changes its treatment more than once")
                .contains("or write --absent-rows zero-control if nothing is treated where there is no row");
        assertThat(estimate(panel, "--absent-rows", "zero-control").exitCode()).isZero();
    }
}
