package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong options and outputs: the allowed values, and nothing written. */
class WrongOptionTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path panel;

    @BeforeEach
    void writePanel() throws IOException {
        panel = PanelFile.write(folder, "p.csv", rows -> {});
    }

    private String rejected(String... options) {
        List<String> arguments = new ArrayList<>(List.of("estimate", panel.toString()));
        arguments.addAll(List.of(options));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1);
        return run.err();
    }

    @Test
    void unknownOptionsAndCommands() {
        assertThat(rejected("--outcom", "x")).contains("unknown option \"--outcom\"; did you mean \"--outcome\"?");
        assertThat(rejected("more")).contains("unexpected argument \"more\"");
        assertThat(Run.of("estmate").err())
                .isEqualTo("rowwise: unknown command \"estmate\"; did you mean \"estimate\"? (see rowwise --help)\n");
        assertThat(Run.of("insp").err()).contains("did you mean \"inspect\"?");
        assertThat(Run.of("nonsense").err()).contains("unknown command \"nonsense\"; there are estimate, inspect,");
        assertThat(Run.of("study", "rte").err()).contains("did you mean \"rate\"?");
        assertThat(rejected("--outptu", "x")).contains("did you mean \"--output\"? (see");
        assertThat(rejected("-outcome=x")).contains("unknown option \"-outcome\"; did you mean \"--outcome\"?");
        assertThat(Run.of("simulate", "--outputt", "x").err()).contains("did you mean \"--output\"?");
        assertThat(Run.of().err())
                .contains("estimate, inspect, check, evaluate, target, pack, study, simulate, backends, completion");
        assertThat(Run.of("estimate").err()).contains("INPUT");
    }

    @Test
    void unknownValues() {
        assertThat(rejected("--rank", "sign-flp"))
                .contains("sign-flip, eigenvalue-ratio")
                .contains("did you mean \"sign-flip\"?");
        assertThat(rejected("--rank", "-1")).contains("a whole number of 0 or more");
        assertThat(rejected("--rank", "13"))
                .contains("--rank 13: with 12 units and 15 periods the rank can be 0 to 12");
        assertThat(rejected("--rank", "1,2,3"))
                .contains("--rank 1,2,3: there are 2 arms [0, 1]; give one rank for all, or one per arm in this order");
        assertThat(rejected("--rank", "1,13")).contains("--rank 1,13: with 12 units and 15 periods");
        assertThat(rejected("--rank", "1,")).contains("such numbers by arm (3,4)");
        assertThat(rejected("--centring", "twoway")).contains("two-way, unit, none");
        assertThat(rejected("--method", "refind")).contains("spectral", "factor-model");
        assertThat(rejected("--confidence-level", "95")).contains("between 0 and 1");
        assertThat(rejected("--threads", "0")).contains("whole number from 1");
        assertThat(rejected("--seed", "one")).contains("\"one\" is not a whole number");
        assertThat(rejected("--backend", "ejm")).contains("ejml, ojalgo; did you mean \"ejml\"?");
        assertThat(rejected("--backend", "nd4j")).contains("mvn -q -DskipTests -pl backend-nd4j -am package");
    }

    @Test
    void outputsThatCannotBe() throws IOException {
        assertThat(rejected("--output", panel.toString())).contains("this is the input");
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), panel);
        assertThat(rejected("--output", link.toString())).contains("this is the input");
        assertThat(rejected("--output", folder.resolve("no/e.csv").toString())).contains("there is no folder");
        assertThat(rejected("--output", folder.resolve("e.txt").toString())).contains(".csv, .parquet, .arrow, .json");
        assertThat(rejected("--output", "/proc/e.csv")).contains("takes no new file");
        for (String option : List.of("--output", "--cells", "--missing-cells")) {
            assertThat(rejected(option, "/proc/e.csv")).contains(option + " /proc/e.csv: the folder takes no new file");
        }
        Path inner = Files.createDirectory(folder.resolve("inner.csv"));
        assertThat(rejected("--output", inner.toString())).contains("a folder");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void simulationsThatCannotBe() {
        String output = folder.resolve("s.csv").toString();
        assertThat(Run.of("simulate", "--output", output, "--units", "1").err()).contains("at least 2");
        assertThat(Run.of("simulate", "--output", output, "--assignment", "block")
                        .err())
                .contains("did you mean \"blocks\"?");
        assertThat(Run.of("simulate", "--output", output, "--truth", output).err())
                .contains("name two");
        assertThat(folder.resolve("s.csv")).doesNotExist();
    }
}
