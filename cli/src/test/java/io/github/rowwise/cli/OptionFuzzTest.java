package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.fuzz.Bounded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Random options with random values are refused in one line, or give the same result each time. */
@Tag("slow")
@AddLifecycleHook(Bounded.class)
class OptionFuzzTest {

    /** Options that name files, take long, or tell more than one line on purpose. */
    private static final Set<String> LEFT_OUT = Set.of(
            "--output",
            "--cells",
            "--report",
            "--figures",
            "--checkpoint",
            "--missing-cells",
            "--jdbc",
            "--self-test",
            "--verbose",
            "--help",
            "--version",
            "--treatments",
            "--draws",
            "--truth",
            "--figure",
            "--largest");

    private static final List<String> VALUES = List.of(
            "0",
            "1",
            "2",
            "-1",
            "0.5",
            "1.5",
            "1e9",
            "2147483648",
            "unit",
            "time",
            "outcome",
            "treatment",
            "Unit",
            "x",
            "spectral",
            "factor-model",
            "sign-flip",
            "iid",
            "ar1",
            "block-jackknife",
            "auto",
            "constant",
            "onset",
            "none",
            "unit-means",
            "ejml",
            "ojalgo",
            "java",
            "zero",
            "zero-control",
            "float",
            "double",
            ",",
            ";",
            ".",
            "-999",
            "-999,NA",
            "outcome > 0",
            "treatment IN (0, 1)",
            "unit = 'u1'",
            "1=1; DROP TABLE t",
            "SELECT 1",
            "(",
            "true",
            "random",
            "staggered",
            "heavy");

    @SuppressWarnings("NullAway.Init")
    private static FuzzFolder folder;

    @BeforeContainer
    static void createFolder() throws IOException {
        folder = FuzzFolder.create();
        PanelFile.write(folder.folder(), "p.csv", rows -> rows.removeIf(row -> !row.matches("u[0-6],\\d,.*")));
    }

    @AfterContainer
    static void deleteFolder() throws IOException {
        folder.delete();
    }

    record Argument(OptionSpec option, String value, boolean joined) {

        List<String> words() {
            if (option.arity().max() == 0) {
                return List.of(option.longestName());
            }
            return joined ? List.of(option.longestName() + "=" + value) : List.of(option.longestName(), value);
        }

        @Override
        public String toString() {
            return String.join(" ", words());
        }
    }

    private static Arbitrary<List<Argument>> arguments(String command) {
        Terminal terminal = new Terminal(System.out, System.err, false);
        CommandLine program = Rowwise.commandLine(terminal);
        CommandLine of = Objects.requireNonNull(program.getSubcommands().get(command));
        List<OptionSpec> options = of.getCommandSpec().options().stream()
                .filter(option -> !LEFT_OUT.contains(option.longestName()))
                .toList();
        Arbitrary<String> values = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of(VALUES)), Tuple.of(1, Arbitraries.of(Mutation.HOSTILE)));
        return Combinators.combine(Arbitraries.of(options), values, Arbitraries.of(true, false))
                .as(Argument::new)
                .list()
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<List<Argument>> estimates() {
        return arguments("estimate");
    }

    @Provide
    Arbitrary<List<Argument>> inspections() {
        return arguments("inspect");
    }

    @Provide
    Arbitrary<List<Argument>> packs() {
        return arguments("pack");
    }

    @Property(tries = 60)
    void estimate(@ForAll("estimates") List<Argument> arguments) throws IOException {
        check("estimate", arguments, "--quiet", "--output", folder.output().toString());
    }

    @Property(tries = 20)
    void inspect(@ForAll("inspections") List<Argument> arguments) throws IOException {
        check("inspect", arguments);
    }

    @Property(tries = 20)
    void pack(@ForAll("packs") List<Argument> arguments) throws IOException {
        // A panel file in a CSV file's place: refused each time.
        check("pack", arguments, "--output", folder.output().toString());
    }

    private static void check(String command, List<Argument> arguments, String... others) throws IOException {
        List<String> words = new ArrayList<>(
                List.of(command, folder.folder().resolve("p.csv").toString()));
        words.addAll(List.of(others));
        arguments.forEach(argument -> words.addAll(argument.words()));
        Run first = folder.run(words.toArray(String[]::new));
        byte[] written = Files.readAllBytes(folder.output());
        Run second = folder.run(words.toArray(String[]::new));
        assertThat(second.exitCode()).isEqualTo(first.exitCode());
        assertThat(Files.readAllBytes(folder.output())).isEqualTo(written);
        assertThat(new String(second.outBytes(), StandardCharsets.UTF_8).replaceAll("\\d+\\.\\d+ s\\b", ""))
                .isEqualTo(first.out().replaceAll("\\d+\\.\\d+ s\\b", ""));
    }
}
