package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of the archive with a Java that tells what it was asked, and writes the class archive that is asked for. */
@Tag("slow")
class JavaOptionsTest {

    private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";
    private static final String ONE_THREAD = "-XX:+UseSerialGC";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path home;

    @SuppressWarnings("NullAway.Init")
    private Path cache;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void layOut() throws IOException {
        home = folder.resolve("a home");
        cache = folder.resolve("a cache");
        Files.createDirectories(home.resolve("bin"));
        for (String file : List.of("rowwise", "java-options.sh")) {
            Files.copy(
                    Path.of("../distribution/src/main/bin", file),
                    home.resolve("bin").resolve(file),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        write("lib/a.jar", "a");
        write("examples/cheese-display.csv", "retailer,week\n");
        javaOf("17.0.1");
        environment.put("XDG_CACHE_HOME", cache.toString());
    }

    private void write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private void javaOf(String version) throws IOException {
        Path jdk = folder.resolve("jdk " + version);
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(
                java,
                String.join(
                        "\n",
                        "#!/bin/sh",
                        "for each; do",
                        "  case $each in",
                        "  -XX:ArchiveClassesAtExit=* | -XX:AOTCacheOutput=*)",
                        "    echo made >>'" + folder + "/calls'; echo on the standard output; echo on the other >&2",
                        "    [ -e '" + folder + "/broken' ] && exit 1",
                        "    echo classes >\"${each#*=}\"; exit 0 ;;",
                        "  esac",
                        "done",
                        "printf '%s\\n' \"$@\"",
                        ""));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        environment.put("JAVA_HOME", jdk.toString());
    }

    /** Returns what Java was asked. */
    private List<String> start(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/rowwise").toString()));
        command.addAll(List.of(arguments));
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("ROWWISE_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(err).isEmptyFile();
        return out.lines().toList();
    }

    private long made() throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    private List<Path> cached() throws IOException {
        try (Stream<Path> files = Files.list(cache.resolve("rowwise"))) {
            return files.sorted().toList();
        }
    }

    private Path large(String name, long bytes) throws IOException {
        Path file = folder.resolve(name);
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(bytes);
        }
        return file;
    }

    @Test
    void shortCommandsStopAtTheFirstCompiler() throws IOException, InterruptedException {
        Path small = large("small.csv", 1000);
        Path exists = large("old result.csv", 100_000_000);
        for (List<String> command : List.of(
                List.of("--version"),
                List.of("backends"),
                List.<String>of(),
                List.of("estimate", small.toString(), "--output", exists.toString()),
                List.of("inspect", small.toString()))) {
            assertThat(start(command.toArray(String[]::new))).as("%s", command).contains(FIRST_COMPILER, ONE_THREAD);
        }
        for (List<String> command : List.of(
                List.of("estimate", large("large.csv", 30_000_000).toString()),
                List.of("estimate", large("large.parquet", 5_000_000).toString()),
                List.of("estimate", small.toString(), "--treatments=" + large("treatments.csv", 30_000_000)),
                List.of("estimate", small.toString(), "--self-test", "20"),
                List.of("estimate", "--jdbc", "jdbc:postgresql:x", "--query", "SELECT 1"),
                List.of("estimate", "@options"),
                List.of("evaluate", small.toString()))) {
            assertThat(start(command.toArray(String[]::new)))
                    .as("%s", command)
                    .doesNotContain(FIRST_COMPILER, ONE_THREAD);
        }
    }

    @Test
    void aCollectorThatIsAskedForStays() throws IOException, InterruptedException {
        environment.put("ROWWISE_JAVA_OPTIONS", "-XX:+UseParallelGC");

        assertThat(start("--version"))
                .contains(FIRST_COMPILER, "-XX:+UseParallelGC")
                .doesNotContain(ONE_THREAD);
    }

    @Test
    void theSecondStartMakesAClassArchive() throws IOException, InterruptedException {
        assertThat(start("--version")).noneMatch(option -> option.contains("SharedArchiveFile"));
        assertThat(made()).isZero();

        assertThat(start("--version", "x")).contains("-XX:SharedArchiveFile=" + cached().get(0));
        assertThat(start("--version", "x"))
                .contains("-XX:SharedArchiveFile=" + cached().get(0))
                .endsWith("x");

        assertThat(made()).isEqualTo(1);
        assertThat(cached()).hasSize(2);
        assertThat(Files.getPosixFilePermissions(cache.resolve("rowwise"))).hasSize(3);
    }

    @Test
    void anotherJavaAndOtherJarsHaveAnotherArchive() throws IOException, InterruptedException {
        start();
        start();
        javaOf("25.0.1");
        start();
        assertThat(start()).anyMatch(option -> option.startsWith("-XX:AOTCache=" + cache));
        write("lib/a.jar", "another");
        assertThat(start()).noneMatch(option -> option.startsWith("-XX:AOTCache="));
        assertThat(start()).anyMatch(option -> option.startsWith("-XX:AOTCache="));
        assertThat(made()).isEqualTo(3);
    }

    @Test
    void aDamagedArchiveIsMadeAgain() throws IOException, InterruptedException {
        start();
        start();
        for (String damage : List.of("", "classis\n", "class")) {
            Path archive = cached().get(0);
            Files.writeString(archive, damage);
            assertThat(start()).noneMatch(option -> option.contains("SharedArchiveFile"));
            assertThat(start()).contains("-XX:SharedArchiveFile=" + archive);
        }
        assertThat(made()).isEqualTo(4);
    }

    @Test
    void whatCannotBeMadeIsNotTriedAgain() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("broken"), "");
        for (int run = 0; run < 3; run++) {
            assertThat(start("x")).endsWith("x").noneMatch(option -> option.contains("SharedArchiveFile"));
        }
        assertThat(made()).isEqualTo(1);
        assertThat(cached()).hasSize(1);
    }

    @Test
    void itRunsWhereNothingCanBeWritten() throws IOException, InterruptedException {
        Files.writeString(cache, "a file");
        start();
        assertThat(start("x")).endsWith("x");
        environment.put("XDG_CACHE_HOME", "");
        environment.put("HOME", "");
        start();
        assertThat(start("x")).endsWith("x");
        assertThat(made()).isZero();
    }

    @Test
    void itCanBeSwitchedOff() throws IOException, InterruptedException {
        environment.put("ROWWISE_CLASS_ARCHIVE", "off");
        start();
        start();

        assertThat(cache).doesNotExist();
    }
}
