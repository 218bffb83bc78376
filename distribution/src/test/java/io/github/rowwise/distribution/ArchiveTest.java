package io.github.rowwise.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archives, unpacked and run as a reader would: from another folder, through a link, where paths have spaces. */
@Tag("slow")
class ArchiveTest {

    private static final String ARCHIVES = System.getProperty("archives", "");
    private static final String JAVA_HOME = System.getProperty("java.home");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Path home;

    @SuppressWarnings("NullAway.Init")
    private static Path link;

    @SuppressWarnings("NullAway.Init")
    private static Path elsewhere;

    record Run(int exitCode, String out, String err) {}

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        Path place = Files.createDirectories(folder.resolve("a folder with spaces"));
        elsewhere = Files.createDirectories(folder.resolve("caller's place"));
        untar("-bin.tar.gz", place);
        try (Stream<Path> unpacked = Files.list(place)) {
            home = unpacked.findFirst().orElseThrow();
        }
        link = Files.createSymbolicLink(folder.resolve("rowwise"), folder.relativize(home.resolve("bin/rowwise")));
    }

    private static void untar(String ending, Path place) throws IOException, InterruptedException {
        Run run = run(Map.of(), "tar", "xzf", ARCHIVES + ending, "-C", place.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static Run run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(elsewhere.toFile()).redirectError(err.toFile());
        builder.environment().remove("ROWWISE_JAVA_OPTIONS");
        builder.environment().put("JAVA_HOME", JAVA_HOME);
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        Process process = builder.start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, Files.readString(err));
    }

    private static Run rowwise(String... arguments) throws IOException, InterruptedException {
        return run(
                Map.of(),
                Stream.concat(Stream.of(link.toString()), Stream.of(arguments)).toArray(String[]::new));
    }

    private static List<String> estimate(String... more) throws IOException, InterruptedException {
        Path effects = folder.resolve("effects.csv");
        Files.deleteIfExists(effects);
        Run run = rowwise(Stream.concat(
                        Stream.of(
                                "estimate",
                                home.resolve("examples/cheese-display.csv").toString(),
                                "--unit",
                                "retailer",
                                "--time",
                                "week",
                                "--outcome",
                                "log_volume",
                                "--treatment",
                                "display",
                                "--output",
                                effects.toString()),
                        Stream.of(more))
                .toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return Files.readAllLines(effects);
    }

    @Test
    void itRunsWithoutAndWithTheNativeBackend() throws IOException, InterruptedException {
        assertThat(home.resolve("native")).doesNotExist();
        assertThat(rowwise("backends").out())
                .containsPattern("ejml +\\S+ +100 +yes")
                .containsPattern("ojalgo +\\S+ +90 +yes")
                .contains("nd4j, native and large, takes part once")
                .doesNotContain("mvn");
        assertThat(estimate()).hasSize(89);

        untar("-native.tar.gz", home.resolve(".."));

        Run backends = rowwise("backends");
        assertThat(backends.out()).containsPattern("nd4j +\\S+ +\\d+ +yes").doesNotContain("takes part once");
        assertThat(backends.err()).isEmpty();
        assertThat(estimate("--backend", "nd4j")).hasSize(89);
        assertThat(names("lib")
                        .filter(jar -> Files.exists(home.resolve("native").resolve(jar))))
                .isEmpty();
        String notice = Files.readString(home.resolve("NOTICE"));
        assertThat(Stream.concat(names("lib"), names("native"))
                        .filter(jar -> !jar.startsWith("rowwise-"))
                        .map(jar -> jar.replaceFirst("-\\d.*", "")))
                .isNotEmpty()
                .allMatch(name -> notice.matches("(?s).*[ ]" + name + "[,\\s].*"));
    }

    /** The natives of all machines are beside the driver, which loads that of this machine from there. */
    @Test
    void itUnpacksNoNativeLibraryAtTheStart() throws IOException {
        assertThat(home.resolve("lib")).isDirectoryContaining("glob:**/libduckdb_java.so_linux_amd64");
        try (Stream<Path> lib = Files.list(home.resolve("lib"))) {
            List<Path> drivers = lib.filter(
                            file -> file.getFileName().toString().startsWith("duckdb_jdbc-"))
                    .toList();
            assertThat(drivers).hasSize(1);
            assertThat(drivers.get(0))
                    .satisfies(driver -> assertThat(Files.size(driver)).isLessThan(1_000_000));
        }
    }

    /** The second start makes a class archive. Whatever is in the file, the program runs as it does without. */
    @Test
    void aDamagedClassArchiveChangesNothing() throws IOException, InterruptedException {
        Path cache = folder.resolve("another cache");
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", cache.toString());
        String version = rowwise("--version").out();
        for (int start = 0; start < 3; start++) {
            assertThat(run(environment, link.toString(), "--version").out()).isEqualTo(version);
        }
        Path archive;
        try (Stream<Path> files = Files.list(cache.resolve("rowwise"))) {
            archive = files.filter(file -> !file.toString().endsWith(".state"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] sound = Files.readAllBytes(archive);
        for (int length : new int[] {0, sound.length / 2, sound.length}) {
            byte[] damaged = Arrays.copyOf(sound, length);
            if (length > 0) {
                damaged[length / 2] ^= 1;
            }
            Files.delete(archive);
            Files.write(archive, damaged);
            for (int start = 0; start < 2; start++) {
                Run run = run(environment, link.toString(), "--version");
                assertThat(run.out()).isEqualTo(version);
                assertThat(run.err()).isEmpty();
            }
            assertThat(archive).as("made again").exists();
        }
    }

    /** The order of the class path would decide which of the two runs. */
    @Test
    void noClassIsInTwoJars() throws IOException, InterruptedException {
        Map<String, Path> places = new HashMap<>();
        for (Path jar : jars()) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                zip.stream()
                        .map(ZipEntry::getName)
                        .filter(name -> name.endsWith(".class")
                                && !name.endsWith("module-info.class")
                                && !name.startsWith("META-INF/"))
                        .forEach(name ->
                                assertThat(places.put(name, jar)).as(name).isNull());
            }
        }
        assertThat(places).hasSizeGreaterThan(5000);
    }

    /** The profile "release" makes it. */
    @Test
    void sbomListsEveryJar() throws IOException, InterruptedException {
        assumeTrue(Files.exists(home.resolve("rowwise.cdx.json")), "an archive without SBOM");
        String sbom = Files.readString(home.resolve("rowwise.cdx.json"));
        for (Path jar : jars()) {
            String name = jar.getFileName().toString().replaceFirst("-\\d.*", "");
            assertThat(sbom).containsPattern("\"name\" : \"" + name + "\"");
        }
    }

    /** Those of both archives. The native one is unpacked elsewhere, because other tests run the program without it. */
    private static List<Path> jars() throws IOException, InterruptedException {
        Path apart = Files.createDirectories(folder.resolve("natives"));
        untar("-native.tar.gz", apart);
        try (Stream<Path> lib = Files.list(home.resolve("lib"));
                Stream<Path> natives = Files.walk(apart)) {
            return Stream.concat(lib, natives)
                    .filter(file -> file.toString().endsWith(".jar"))
                    .toList();
        }
    }

    private static Stream<String> names(String place) throws IOException {
        try (Stream<Path> jars = Files.list(home.resolve(place))) {
            return jars
                    .map(jar -> jar.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList()
                    .stream();
        }
    }

    @Test
    void bothArchivesHoldTheSame() throws IOException, InterruptedException {
        List<String> tar = run(Map.of(), "tar", "tzf", ARCHIVES + "-bin.tar.gz")
                .out()
                .lines()
                .toList();
        try (ZipFile zip = new ZipFile(ARCHIVES + "-bin.zip")) {
            assertThat(zip.stream().map(ZipEntry::getName)).containsAll(tar);
        }
        assertThat(tar).allMatch(name -> name.startsWith(home.getFileName() + "/"));
        assertThat(home.resolve("LICENSE")).hasSameTextualContentAs(Path.of("../LICENSE"));
        assertThat(home.resolve("README.txt"))
                .content()
                .contains("bin/rowwise estimate")
                .doesNotContain("${");
    }

    @Test
    void itBringsWhatTheShellCompletes() throws IOException, InterruptedException {
        List<String> printed = withoutBackends(rowwise("completion").out());
        assertThat(printed).hasSizeGreaterThan(100);
        assertThat(withoutBackends(Files.readString(home.resolve("completions/rowwise"))))
                .isEqualTo(printed);
    }

    /** The native one is listed where its archive has been unpacked, too. */
    private static List<String> withoutBackends(String completion) {
        return completion
                .lines()
                .filter(line -> !line.contains("BACKEND_option_args="))
                .toList();
    }

    /** A Java that only tells what it was asked. */
    private static Path java(String version) throws IOException {
        Path place = folder.resolve("java " + version);
        Path java = Files.createDirectories(place.resolve("bin")).resolve("java");
        Files.writeString(
                java,
                "#!/bin/sh\nif [ \"$*\" = -version ]; then echo 'Picked up JAVA_TOOL_OPTIONS: -Dversion \"1\"' >&2;"
                        + " echo 'java version \"" + version + "\" 2026-01-01' >&2; exit 0; fi\n"
                        + "printf '%s\\n' \"$@\"\nexit 7\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return place;
    }

    @Test
    void everythingIsPassedOn() throws IOException, InterruptedException {
        Run run = run(
                Map.of("JAVA_HOME", java("25-ea").toString(), "ROWWISE_JAVA_OPTIONS", "-Xmx1g -Dx=y"),
                link.toString(),
                "estimate",
                "a file.csv",
                "--where",
                "x = '*'");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(7);
        assertThat(run.out().lines())
                .contains("-Xmx1g", "-Dx=y", "io.github.rowwise.cli.Rowwise")
                .endsWith("estimate", "a file.csv", "--where", "x = '*'");
        assertThat(run.out()).contains(home.toRealPath() + "/lib/*");
    }

    @Test
    void itSaysWhichJavaItNeeds() throws IOException, InterruptedException {
        for (String old : List.of("1.8.0_402", "16.0.2")) {
            Run run = run(Map.of("JAVA_HOME", java(old).toString()), link.toString(), "--version");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).hasLineCount(1).contains("older than Java 17");
        }
        Run wrong = run(Map.of("JAVA_HOME", folder.toString()), link.toString(), "--version");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).hasLineCount(1).contains("JAVA_HOME is " + folder + ", which has no bin/java");

        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of("sh", "dirname", "readlink", "sed")) {
            Path found = Stream.of("/bin/", "/usr/bin/")
                    .map(place -> Path.of(place + tool))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(tools.resolve(tool), found);
        }
        Map<String, String> environment = new HashMap<>(Map.of("JAVA_HOME", "", "PATH", tools.toString()));
        Run none = run(environment, link.toString(), "--version");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).hasLineCount(1).contains("no Java found; install Java 17 or later");
        Files.createSymbolicLink(tools.resolve("java"), Path.of(JAVA_HOME, "bin/java"));
        assertThat(run(environment, link.toString(), "--version").out()).startsWith("rowwise ");
    }
}
