package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each public type has an example in its Javadoc, and the examples compile. */
@Tag("slow")
class JavadocExamplesTest {

    private static final String ROOT = "src/main/java/io/github/rowwise";

    /** The folders of the exported packages. */
    private static final List<Path> PACKAGES = Stream.concat(
                    Stream.of(
                                    "",
                                    "averages",
                                    "diagnostics",
                                    "effects",
                                    "engine",
                                    "evaluation",
                                    "panel",
                                    "simulation",
                                    "targeting",
                                    "totals")
                            .map(name -> Path.of("../estimator-api", ROOT, name)),
                    Stream.of("linalg").map(name -> Path.of("../linalg-spi", ROOT, name)))
            .toList();

    private static final Pattern PUBLIC =
            Pattern.compile("^public (?:[a-z]+ )*(?:class|record|enum|interface) (\\w+)", Pattern.MULTILINE);
    private static final Pattern EXAMPLE =
            Pattern.compile("<pre class=\"example\">\\{@code\n(.*?)\n \\* }</pre>", Pattern.DOTALL);

    /** What an example may use without saying where it comes from. */
    private static final String FRAME = """
            import io.github.rowwise.*;
            import io.github.rowwise.averages.*;
            import io.github.rowwise.diagnostics.*;
            import io.github.rowwise.effects.*;
            import io.github.rowwise.engine.*;
            import io.github.rowwise.evaluation.*;
            import io.github.rowwise.linalg.*;
            import io.github.rowwise.panel.*;
            import io.github.rowwise.simulation.*;
            import io.github.rowwise.targeting.*;
            import io.github.rowwise.totals.*;
            import java.nio.file.*;
            import java.util.*;

            class %s {
                void example(Panel panel, UnitEffects effects, SimulatedPanel simulated, List<Observation> observations,
                        double[][] outcomes, int[][] arms, List<String> unitNames, List<String> periodNames, Path path,
                        LinearAlgebra algebra, DenseMatrix a) throws Exception {
            %s
                }
            }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Map<String, String> examples() throws IOException {
        Map<String, String> examples = new TreeMap<>();
        for (Path packageFolder : PACKAGES) {
            try (Stream<Path> files = Files.list(packageFolder)) {
                for (Path file :
                        files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    String source = Files.readString(file);
                    Matcher type = PUBLIC.matcher(source);
                    if (type.find() && !source.substring(0, type.start()).contains("@hidden")) {
                        Matcher example = EXAMPLE.matcher(source.substring(0, type.start()));
                        examples.put(
                                type.group(1), example.find() ? example.group(1).replaceAll("(?m)^ \\* ?", "") : "");
                    }
                }
            }
        }
        return examples;
    }

    @Test
    void everyPublicTypeHasAnExample() throws IOException {
        Map<String, String> examples = examples();
        assertThat(examples).hasSizeGreaterThan(50);
        assertThat(examples.entrySet().stream()
                        .filter(entry -> entry.getValue().isEmpty())
                        .map(Map.Entry::getKey))
                .isEmpty();
    }

    @Test
    void examplesCompile() throws IOException {
        List<JavaFileObject> sources = new ArrayList<>();
        examples()
                .forEach((type, code) ->
                        sources.add(new Source(type + "Example", FRAME.formatted(type + "Example", code))));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = Stream.of(
                        "-classpath", System.getProperty("java.class.path"), "-d", folder.toString(), "-proc:none")
                .collect(Collectors.toList());
        boolean isCompiled =
                compiler.getTask(messages, null, null, options, null, sources).call();
        assertThat(isCompiled).as(messages.toString()).isTrue();
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String code;

        Source(String name, String code) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
