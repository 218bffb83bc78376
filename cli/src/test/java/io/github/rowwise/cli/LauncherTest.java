package io.github.rowwise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a folder of its own, with a Maven and a Java that only tell what they were asked. */
@Tag("slow")
class LauncherTest {

    private static final List<String> MODULES =
            List.of("linalg-spi", "backend-ejml", "backend-ojalgo", "estimator-api", "vector-kernels", "tables", "cli");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path home;

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(folder.resolve("a folder with spaces"));
        Files.copy(Path.of("../rowwise"), home.resolve("rowwise"), StandardCopyOption.COPY_ATTRIBUTES);
        Path options = Files.createDirectories(home.resolve("distribution/src/main/bin"));
        Files.copy(Path.of("../distribution/src/main/bin/java-options.sh"), options.resolve("java-options.sh"));
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        for (String module : MODULES) {
            Files.createDirectories(home.resolve(module + "/src/main"));
            Files.writeString(home.resolve(module + "/pom.xml"), "<project/>");
            Files.writeString(home.resolve(module + "/src/main/A.java"), "class A {}");
        }
        script(
                "bin/mvn",
                "echo \"mvn $*\" >>\"" + folder + "/calls\"",
                "[ -e \"" + folder + "/broken\" ] && { echo 'the log of Maven'; exit 1; }",
                "for m in " + String.join(" ", MODULES) + "; do mkdir -p \"" + home + "/$m/target/classes\"; done");
        script("jdk/bin/java", "pwd", "printf '%s\\n' \"$@\"", "exit 7");
    }

    private void script(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Run launch(Path launcher, String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = launcher.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(folder.resolve("caller's place"))
                        .toFile())
                .redirectError(err.toFile());
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().put("ROWWISE_JAVA_OPTIONS", "-Xmx1g -Dx=y");
        builder.environment().put("ROWWISE_CLASS_PATH", "/a driver's.jar");
        Process process = builder.start();
        byte[] out = process.getInputStream().readAllBytes();
        return new Run(process.waitFor(), out, Files.readString(err, StandardCharsets.UTF_8));
    }

    private long builds() throws IOException {
        Path calls = folder.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    @Test
    void tellsHowWideTheScreenIs() throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/script")).exists();
        script("on-a-screen", "exec script -qec \"stty cols 110; '" + home.resolve("rowwise") + "'\" /dev/null");

        assertThat(launch(folder.resolve("on-a-screen")).out().lines()).contains("-Drowwise.columns=110");
        assertThat(launch(home.resolve("rowwise")).out()).doesNotContain("rowwise.columns");
    }

    @Test
    void namesOfFilesAreReadInThePlainLocale() throws IOException, InterruptedException {
        // The launcher of the archives asks for the version first.
        script(
                "jdk/bin/java",
                "[ \"${1:-}\" = -version ] && exec echo 'java version \"17.0.1\"'",
                "echo \"${LC_ALL:-}\"");
        Path unpacked = Files.createDirectories(folder.resolve("unpacked/bin"));
        for (String file : List.of("rowwise", "java-options.sh")) {
            Files.copy(
                    Path.of("../distribution/src/main/bin", file),
                    unpacked.resolve(file),
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        for (String launcher : List.of("rowwise", "../unpacked/bin/rowwise")) {
            script("plain", "LC_ALL=C exec \"" + home.resolve(launcher) + "\"");
            script("other", "LC_ALL=C.UTF-8 LANG=x exec \"" + home.resolve(launcher) + "\"");
            assertThat(launch(folder.resolve("plain")).out()).isEqualTo("C.UTF-8\n");
            assertThat(launch(folder.resolve("other")).out()).isEqualTo("C.UTF-8\n");
        }
    }

    @Test
    void buildsOnceAndPassesEverythingOn() throws IOException, InterruptedException {
        Run first = launch(home.resolve("rowwise"), "estimate", "a file.csv", "--where", "x = 'y'");
        assertThat(first.exitCode()).isEqualTo(7);
        assertThat(first.err()).hasLineCount(1).contains("building").contains("once");
        List<String> said = first.out().lines().toList();
        assertThat(said.get(0)).endsWith("/caller's place");
        assertThat(said)
                .contains("-Xmx1g", "-Dx=y", "--enable-native-access=ALL-UNNAMED", "io.github.rowwise.cli.Rowwise");
        assertThat(said).endsWith("estimate", "a file.csv", "--where", "x = 'y'");
        assertThat(said.get(said.indexOf("-cp") + 1)).endsWith("/cli/target/lib/*:/a driver's.jar");
        Run second = launch(home.resolve("rowwise"));
        assertThat(second.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void buildsAgainWhenASourceIsNewerOrGone() throws IOException, InterruptedException {
        launch(home.resolve("rowwise"));
        Thread.sleep(20);
        Files.writeString(home.resolve("backend-ejml/src/main/A.java"), "class A { }");
        launch(home.resolve("rowwise"));
        assertThat(builds()).isEqualTo(2);
        Thread.sleep(20);
        Files.delete(home.resolve("estimator-api/src/main/A.java"));
        launch(home.resolve("rowwise"));
        launch(home.resolve("rowwise"));
        assertThat(builds()).isEqualTo(3);
    }

    @Test
    void showsTheLogOfABuildThatFailsAndTriesAgain() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("broken"), "");
        Run failed = launch(home.resolve("rowwise"));
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err()).contains("the log of Maven").contains("the build failed");
        assertThat(failed.out()).isEmpty();
        Files.delete(folder.resolve("broken"));
        assertThat(launch(home.resolve("rowwise")).exitCode()).isEqualTo(7);
    }

    @Test
    void worksThroughALink() throws IOException, InterruptedException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), home.resolve("rowwise"));
        assertThat(launch(link).out()).contains(home.toRealPath() + "/cli/target/lib/*");
    }

    @Test
    void theNativeBackendTakesPartOnceItIsBuilt() throws IOException, InterruptedException {
        assertThat(launch(home.resolve("rowwise")).out()).doesNotContain("nd4j");
        Files.createDirectories(home.resolve("backend-nd4j/target/lib"));
        assertThat(launch(home.resolve("rowwise")).out()).contains("/backend-nd4j/target/lib/*");
    }
}
