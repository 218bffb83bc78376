package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The guide's commands print what the guide says. In a block of the console the command is followed by its output; a line of three dots
 * stands for lines left out. Commands on data that are not in this repository are not run.
 */
@Tag("slow")
class GuideTest {

    private static final Pattern CONSOLE =
            Pattern.compile("```console\n\\$ \\./rowwise ([^\n]*)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("^ {4}\\./rowwise (.*)$", Pattern.MULTILINE);
    private static final List<String> EXAMPLES = List.of("examples/cheese-display.csv", "examples/adoption.csv");
    private static final String LEFT_OUT = "...";
    private static final List<String> WRITTEN =
            List.of("--output", "--report", "--missing-cells", "--figures", "--cells");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    record Block(String page, String command, String output) {
        @Override
        public String toString() {
            return page + ": " + command;
        }
    }

    private static List<Block> blocks(Pattern pattern, boolean hasOutput) throws IOException {
        List<Block> blocks = new ArrayList<>();
        try (Stream<Path> pages = Files.list(Path.of("../docs/guide"))) {
            for (Path page : pages.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                Matcher matcher = pattern.matcher(Files.readString(page));
                while (matcher.find()) {
                    if (EXAMPLES.stream().anyMatch(matcher.group(1)::contains)) {
                        blocks.add(new Block(
                                page.getFileName().toString(), matcher.group(1), hasOutput ? matcher.group(2) : ""));
                    }
                }
            }
        }
        return blocks;
    }

    static List<Block> consoles() throws IOException {
        return blocks(CONSOLE, true);
    }

    static List<Block> commands() throws IOException {
        return blocks(COMMAND, false);
    }

    /** A value with spaces has quotes around it; what is written goes into a folder of the test. */
    private Run run(Block block) {
        List<String> arguments = new ArrayList<>();
        Matcher word = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(block.command());
        while (word.find()) {
            String text = word.group(1) == null ? word.group(2) : word.group(1);
            boolean isWritten =
                    !arguments.isEmpty() && WRITTEN.contains(arguments.get(arguments.size() - 1)) && !text.equals("-");
            arguments.add(
                    isWritten ? folder.resolve(text).toString() : text.startsWith("examples/") ? "../" + text : text);
        }
        return Run.of(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("consoles")
    void printsWhatTheGuideSays(Block block) {
        Run run = run(block);

        assertThat(run.err()).isEmpty();
        List<String> printed = run.out().lines().toList();
        int at = 0;
        boolean isExact = true;
        for (String line : block.output().lines().toList()) {
            if (line.equals(LEFT_OUT)) {
                isExact = false;
                continue;
            }
            // What depends on where and when it runs.
            if (line.matches("(Panel|Time|Output) .*") || line.startsWith("           report.html")) {
                isExact = false;
                continue;
            }
            int found = at;
            while (found < printed.size() && !printed.get(found).equals(line)) {
                found++;
            }
            assertThat(found).as("'%s' is printed", line).isLessThan(printed.size());
            assertThat(isExact && found > at)
                    .as("nothing is printed before '%s'", line)
                    .isFalse();
            at = found + 1;
            isExact = true;
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void runs(Block block) {
        Run run = run(block);

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }
}
