package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder with an earlier output, and what holds of every run of the program in it: it ends well, or it is refused with one
 * line and leaves the folder as it was.
 */
record FuzzFolder(Path folder) {

    private static final String EARLIER = "earlier";
    private static final Pattern NO_NUMBER = Pattern.compile("(?m)(^|,)-?(NaN|Infinity|inf)(,|$)");

    static FuzzFolder create() throws IOException {
        FuzzFolder created = new FuzzFolder(Files.createTempDirectory("fuzz"));
        Files.writeString(created.output(), EARLIER);
        return created;
    }

    Path output() {
        return folder.resolve("effects.csv");
    }

    /** Runs the program on files in the folder, whose only output, if any, is {@link #output}. */
    Run run(String... arguments) throws IOException {
        Files.writeString(output(), EARLIER);
        List<Path> before = files();
        Run run = Run.of(arguments);
        String what = String.join(" ", arguments) + ": " + run.err();
        assertThat(run.exitCode()).as(what).isIn(ExitCode.OK, ExitCode.REFUSED, ExitCode.NOT_IDENTIFIED);
        assertThat(run.err()).as(what).doesNotContain("\tat ", "Exception", "java.");
        assertThat(files()).as(what).isEqualTo(before);
        if (run.exitCode() == ExitCode.OK) {
            assertFinite(what);
        } else {
            assertThat(run.err()).as(what).startsWith("rowwise: ").endsWith("\n");
            assertThat(run.err().lines()).as(what).hasSize(1);
            assertThat(run.out()).as(what).isEmpty();
            assertThat(Files.readString(output())).as(what).isEqualTo(EARLIER);
        }
        return run;
    }

    /** Numbers are finite or empty. Names come first, and may be called NaN. */
    private void assertFinite(String what) throws IOException {
        String table = Files.readString(output());
        if (table.startsWith("unit,")) {
            List<String> numbers = table.lines()
                    .filter(line -> !line.contains("\""))
                    .map(line -> line.substring(line.indexOf(',') + 1))
                    .toList();
            assertThat(numbers)
                    .as(what)
                    .noneMatch(line -> NO_NUMBER.matcher(line).find());
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted().toList();
        }
    }

    void delete() throws IOException {
        Path[] all = files().toArray(Path[]::new);
        for (int k = all.length - 1; k >= 0; k--) {
            Files.delete(all[k]);
        }
    }

    @Override
    public String toString() {
        return Arrays.toString(new Object[] {folder});
    }
}
