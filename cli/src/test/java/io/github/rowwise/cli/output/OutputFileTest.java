package io.github.rowwise.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.cli.input.UserInputException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputFileTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static OutputFile check(Path file) {
        return OutputFile.check("--output", file, null, List.of(OutputFile.Format.values()));
    }

    private static void writeText(Path path, String text) {
        try {
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void writesAndReplaces() throws IOException {
        Path file = folder.resolve("e.csv");
        check(file).write(part -> writeText(part, "one"));
        check(file).write(part -> writeText(part, "two"));
        assertThat(file).hasContent("two");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void permissionsAreKept() throws IOException {
        Path file = Files.writeString(folder.resolve("e.csv"), "one");
        for (String permissions : List.of("rw-------", "rw-rw-rw-", "rw-r-----")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            check(file).write(part -> writeText(part, permissions));
            assertThat(file).hasContent(permissions);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo(permissions);
        }
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path file = Files.writeString(folder.resolve("real.csv"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), file);
        check(link).write(part -> writeText(part, "new"));
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    @Test
    void aFullDiskLeavesWhatWasThere() throws IOException {
        Path file = Files.writeString(folder.resolve("e.csv"), "earlier");
        OutputFile output = check(file);
        assertThatThrownBy(() -> output.write(part -> {
                    writeText(part, "half");
                    throw new UncheckedIOException(new IOException("No space left on device"));
                }))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining("no space left on the disk");
        assertThat(file).hasContent("earlier");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }

    /** A process of its own is interrupted in the middle of writing. */
    @ParameterizedTest
    @CsvSource({"INT, 2, 130", "TERM, 15, 143"})
    void anInterruptLeavesNothing(String signal, int number, int exitCode) throws IOException, InterruptedException {
        Assumptions.assumeFalse(isIgnored(number), "a process started in the background may ignore interrupts");
        Path file = Files.writeString(folder.resolve("e.csv"), "earlier");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HalfWriter.class.getName(),
                        file.toString())
                .redirectError(new File("/dev/null"))
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("half");
            assertThat(folder).isDirectoryContaining(path -> !path.equals(file));
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(exitCode);
        assertThat(file).hasContent("earlier");
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    }

    private static boolean isIgnored(int number) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> (number - 1) & 1) == 1);
    }

    /** Writes half a file and waits. */
    public static final class HalfWriter {

        private HalfWriter() {}

        /**
         * Runs.
         *
         * @param arguments the file
         */
        @SuppressWarnings("ThreadSleepMillis")
        public static void main(String[] arguments) {
            check(Path.of(arguments[0])).write(part -> {
                writeText(part, "half");
                System.out.println("half");
                try {
                    Thread.sleep(60_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }
}
