package io.github.rowwise.benchmarks.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results of a run.
 *
 * @param command the command of the run
 * @param environment description of the machine and the settings, in the order of the page
 * @param backends all backends of the project, with the reason if one is not available
 * @param measurements the measurements
 */
record Results(
        String command, Map<String, String> environment, List<BackendStatus> backends, List<Measurement> measurements) {

    private static final String BACKEND = "backend";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Writes the results of a run. They include JMH's own list without the path of the JVM. */
    static void write(
            Path file,
            String command,
            Map<String, String> environment,
            List<BackendStatus> backends,
            Collection<RunResult> runs)
            throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("command", command);
        root.set("environment", MAPPER.valueToTree(environment));
        root.set("backends", MAPPER.valueToTree(backends));
        root.set("results", withoutJvmPath(jmhJson(runs)));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, MAPPER.writeValueAsString(root) + "\n");
    }

    /**
     * Reads results.
     *
     * @param file a file written by {@link #write}
     * @return the results
     * @throws IOException if the file cannot be read or was not written by {@link #write}
     */
    static Results read(Path file) throws IOException {
        try {
            JsonNode root = MAPPER.readTree(Files.readString(file));
            List<BackendStatus> backends = new ArrayList<>();
            for (JsonNode backend : root.required("backends")) {
                backends.add(MAPPER.treeToValue(backend, BackendStatus.class));
            }
            List<Measurement> measurements = new ArrayList<>();
            for (JsonNode result : root.required("results")) {
                measurements.add(measurement(result));
            }
            return new Results(
                    root.required("command").asString(),
                    strings(root.required("environment")),
                    List.copyOf(backends),
                    List.copyOf(measurements));
        } catch (JacksonException e) {
            throw new IOException(
                    file.getFileName() + " does not hold benchmark results as benchmarks/run writes them: "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    /** Converts an entry of JMH's list. */
    private static Measurement measurement(JsonNode result) {
        String name = result.required("benchmark").asString();
        Map<String, String> parameters =
                result.has("params") ? strings(result.required("params")) : new LinkedHashMap<>();
        String backend = parameters.getOrDefault(BACKEND, "");
        parameters.remove(BACKEND);
        JsonNode metric = result.required("primaryMetric");
        return new Measurement(
                name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                backend,
                parameters,
                metric.required("scorePercentiles").required("50.0").asDouble(),
                // JMH writes the text NaN if there is no error.
                metric.required("scoreError").asDouble(Double.NaN),
                metric.required("scoreUnit").asString());
    }

    private static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> strings.put(entry.getKey(), entry.getValue().asString()));
        return strings;
    }

    private static ArrayNode jmhJson(Collection<RunResult> runs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(runs);
        }
        return (ArrayNode) MAPPER.readTree(bytes.toString(StandardCharsets.UTF_8));
    }

    private static ArrayNode withoutJvmPath(ArrayNode results) {
        for (JsonNode result : results) {
            ((ObjectNode) result).remove("jvm");
        }
        return results;
    }
}
