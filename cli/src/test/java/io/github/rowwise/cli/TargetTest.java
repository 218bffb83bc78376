package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rowwise target}. */
@Tag("slow")
class TargetTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static String table;

    /** The effect on a unit is its number over ten, and treating it costs a half, or 5 for the last. */
    @BeforeAll
    static void write() throws IOException {
        StringBuilder csv = new StringBuilder("unit,time,outcome,treatment,cost\n");
        for (int unit = 0; unit < 20; unit++) {
            for (int period = 0; period < 40; period++) {
                int treatment = (period * 7 + unit * 3) % 10 < 5 ? 1 : 0;
                double noise = Math.sin(unit * 12.9898 + period * 78.233) * 43758.5453;
                double outcome = unit % 5 + treatment * unit / 10.0 + 0.1 * (noise - Math.floor(noise));
                csv.append('u')
                        .append(unit)
                        .append(',')
                        .append(period)
                        .append(',')
                        .append(outcome);
                csv.append(',')
                        .append(treatment)
                        .append(',')
                        .append(unit == 19 ? "5" : "0.5")
                        .append('\n');
            }
        }
        Path file = folder.resolve("table.csv");
        Files.writeString(file, csv);
        table = file.toString();
    }

    private static Run target(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "target";
        arguments[1] = table;
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Run.of(arguments);
    }

    @Test
    void choosesTheUnitsThatGainMost() throws IOException {
        Path file = folder.resolve("targets.csv");
        Run run = target("--among", "all", "--budget", "15%", "--output", file.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("Candidates 20 units Choice 3 units Total gain ")
                .contains("As many units at random would gain ")
                .containsPattern("1 u19 .* 1.00 chosen")
                .contains("Order worth something: ranked on one half of the periods");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(21);
        assertThat(lines.get(0))
                .isEqualTo("rank,unit,gain,gain_se,gain_ci_lo,gain_ci_hi,predicted,prob_best,cost,net_return,chosen");
        assertThat(lines.get(1)).startsWith("1,u19,").endsWith(",1");
        assertThat(lines.get(20)).endsWith(",0");
    }

    @Test
    void spendsAnAmountWhereItReturnsMost() throws IOException {
        Path file = folder.resolve("targets.json");
        Run run = target(
                "--among", "all", "--cost", "cost", "--value", "2", "--budget", "1.2", "--output", file.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("2 units, cost 1").contains("net of the cost");
        JsonText document = JsonText.parse(file);
        assertThat(document.at("total_cost").number()).isEqualTo(1.0);
        assertThat(document.at("units").elements()).hasSize(20);
        assertThat(document.at("units").elements().get(0).at("unit").value()).isEqualTo("u18");
        assertThat(document.at("units").elements().get(0).at("chosen").value()).isEqualTo(true);
        assertThat(document.at("ranking").at("tested").value()).isEqualTo(true);
        assertThat(document.at("curve").elements()).hasSize(20);
    }

    @Test
    void warnsOfWhatTheEstimatesAreWarnedOf() throws IOException {
        String[] panel = {
            "../examples/cheese-display.csv",
            "--unit",
            "retailer",
            "--time",
            "week",
            "--outcome",
            "log_volume",
            "--treatment",
            "display",
            "--output"
        };
        Path estimates = folder.resolve("estimates.json");
        Path targets = folder.resolve("cheese.json");
        Run.of(Stream.of(new String[] {"estimate", "--quiet"}, panel, new String[] {estimates.toString()})
                .flatMap(Stream::of)
                .toArray(String[]::new));
        Run run = Run.of(Stream.of(new String[] {"target", "--budget", "3"}, panel, new String[] {targets.toString()})
                .flatMap(Stream::of)
                .toArray(String[]::new));

        List<Object> expected = JsonText.parse(estimates).at("warnings").elements().stream()
                .map(JsonText::value)
                .toList();
        assertThat(expected).isNotEmpty();
        assertThat(JsonText.parse(targets).at("warnings").elements())
                .extracting(JsonText::value)
                .isEqualTo(expected);
        assertThat(run.out()).contains("Warnings   - 1 unit is extrapolated");
    }

    private static void assertRejected(String message, String... more) {
        Path file = folder.resolve("nothing.csv");
        String[] arguments = new String[more.length + 2];
        System.arraycopy(more, 0, arguments, 0, more.length);
        arguments[more.length] = "--output";
        arguments[more.length + 1] = file.toString();
        Run run = target(arguments);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(file).doesNotExist();
    }

    @Test
    void wrongOptionsAreRejected() {
        assertRejected("--budget \"2.5\": give a whole number of units", "--budget", "2.5");
        assertRejected("--budget \"0\": give a whole number of units", "--budget", "0");
        assertRejected("--budget \"120%\"", "--budget", "120%");
        assertRejected("--budget \"-3\": give the amount", "--budget", "-3", "--cost", "cost");
        assertRejected("units are chosen by their posteriors", "--method", "spectral");
        assertRejected("is 0; give a number above or below 0", "--value", "0");
        assertRejected("no such treatment", "--arm", "2");
        assertRejected("--cost needs a column with one value per unit", "--cost", "outcome");
        assertRejected("is not a number; --cost needs a number for each unit", "--cost", "unit");
    }
}
