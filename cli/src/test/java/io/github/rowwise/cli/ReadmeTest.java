package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's commands do what it says. The build itself runs {@code mvn verify}, and CI the launcher. */
@Tag("slow")
class ReadmeTest {

    private static final String PROGRAM = "    ./rowwise ";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    static Stream<String> commands() throws IOException {
        return Files.readAllLines(Path.of("../README.md")).stream()
                .filter(line -> line.startsWith(PROGRAM))
                .map(line -> line.substring(PROGRAM.length()))
                // Its natives are not on this module's class path.
                .filter(command -> !command.contains("--backend nd4j"))
                // JdbcTest has a database.
                .filter(command -> !command.contains("--jdbc"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void runs(String command) throws IOException {
        Path sales = Files.copy(Path.of("../examples/cheese-display.csv"), folder.resolve("sales.csv"));
        List<String> header = List.of("retailer", "week", "log_volume", "display");
        List<String> renamed = List.of("store", "date", "revenue", "promo");
        String text = Files.readString(sales);
        for (int k = 0; k < header.size(); k++) {
            text = text.replaceFirst("\\b" + header.get(k) + "\\b", renamed.get(k));
        }
        Files.writeString(sales, text);
        String packed = folder.resolve("sales.rowwise").toString();
        if (command.startsWith("estimate sales.rowwise")) {
            String pack = commands()
                    .filter(other -> other.startsWith("pack "))
                    .findFirst()
                    .orElseThrow();
            Run.of(pack.replace("sales.csv", sales.toString())
                    .replace("sales.rowwise", packed)
                    .split(" "));
        }

        Run run = Run.of(command.replace("examples/", "../examples/")
                // As small as there may be.
                .replace("study rate --largest 400", "study rate --largest 200 --draws 1")
                .replace("sales.csv", sales.toString())
                .replace("sales.rowwise", packed)
                // Nothing is left in the sources.
                .replaceAll("(--(?:output|report)) ([^\\s/]\\S*)", "$1 " + folder + "/$2")
                .split(" "));

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isNotEmpty();
    }

    @Test
    void mainCommandGivesAnEffectOrAReasonForEachRetailer() throws IOException {
        String command = commands().findFirst().orElseThrow();
        Path effects = folder.resolve("effects.csv");
        Run.of(command.replace("examples/", "../examples/")
                .replace("effects.csv", effects.toString())
                .split(" "));

        List<String> rows = Files.readAllLines(effects);
        assertThat(rows).hasSize(1 + 88);
        assertThat(rows.stream().filter(row -> row.contains(",not estimable,"))).hasSize(9);
    }

    @Test
    void stepThatAddsNd4jIsTheOneThatTheProgramNames() throws IOException {
        Run run = Run.of("estimate", "../examples/cheese-display.csv", "--backend", "nd4j");
        String named = run.err().substring(run.err().lastIndexOf("mvn ")).strip();
        assertThat(Files.readAllLines(Path.of("../README.md"))).contains("    " + named);
    }
}
