package io.github.rowwise.backend.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rowwise.linalg.BackendReport;
import io.github.rowwise.linalg.Backends;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests in a new JVM: the native libraries print nothing when they are loaded, and a report if they are missing. */
@Tag("slow")
class Nd4jFreshJvmTest {

    private static final Predicate<String> NATIVES =
            Pattern.compile("-(android|ios|linux|macosx|windows)-").asPredicate();

    @TempDir
    private Path folder = Path.of("");

    /** Prints the report of the one backend. */
    static final class Report {
        private Report() {}

        public static void main(String[] arguments) {
            for (BackendReport report : Backends.report()) {
                System.out.println(
                        report.name() + " " + report.usable() + " " + report.detail() + " " + report.cause());
            }
        }
    }

    @Test
    void printsNothingAtStart() throws Exception {
        String printed = report(jar -> true);
        assertTrue(printed.matches("nd4j true ND4J \\S+ with OpenBLAS \\S+, native, one thread null\\R"), printed);
    }

    @Test
    void withoutNativesIsUnusableWithTheReason() throws Exception {
        String printed = report(NATIVES.negate());
        assertTrue(printed.startsWith("nd4j false ND4J's native libraries cannot be loaded on "), printed);
        assertTrue(printed.contains("add org.nd4j:nd4j-native-platform"), printed);
        assertEquals(1, printed.lines().count(), printed);
    }

    private String report(Predicate<String> jars) throws IOException, InterruptedException {
        String classPath = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(jars)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // What the build allows this JVM to do, the new one may do too.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--enable-native") || argument.startsWith("--sun-misc"))
                .forEach(command::add);
        command.addAll(List.of("-cp", classPath, Report.class.getName()));
        Path printed = folder.resolve("printed");
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start()
                .waitFor();
        String text = Files.readString(printed);
        assertEquals(0, status, text);
        return text;
    }
}
