package io.github.rowwise.benchmarks.run;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Description of the machine for readers of the results. It contains neither the machine's name nor its folders. */
final class Environment {

    /** System property set by the script to the commit. */
    private static final String COMMIT = "rowwise.benchmarks.commit";

    private Environment() {}

    /** Describes this machine and JVM, in the order of the page. */
    static Map<String, String> describe() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        environment.put("commit", System.getProperty(COMMIT, "unknown"));
        environment.put("processor", processor());
        environment.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        environment.put("memory", memory());
        environment.put(
                "operating system",
                property("os.name") + " " + property("os.version") + " (" + property("os.arch") + ")");
        environment.put(
                "JVM",
                property("java.vm.name") + " " + property("java.runtime.version") + " (" + property("java.vendor")
                        + ")");
        return environment;
    }

    /** Replaces the folders of this user in a message by placeholders. */
    static String withoutPaths(String message) {
        String result = message;
        for (String folder : new String[] {"java.io.tmpdir", "user.dir", "user.home"}) {
            String path = System.getProperty(folder, "");
            if (path.length() > 1) {
                result = result.replaceAll(
                        Pattern.quote(path) + "(?=[/\\\\\\s:]|$)", Matcher.quoteReplacement("<" + folder + ">"));
            }
        }
        return result;
    }

    private static String memory() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            return Math.round(system.getTotalMemorySize() / (double) (1 << 30)) + " GiB";
        }
        return "unknown";
    }

    /** Returns the name of the processor on Linux, and the architecture elsewhere. */
    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(property("os.arch"));
        } catch (IOException e) {
            return property("os.arch");
        }
    }

    private static String property(String key) {
        return System.getProperty(key, "unknown");
    }
}
