package io.github.rowwise.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PySpark's wrapper knows the Java classes by name only: what it names is there, and nothing is left out. */
@Tag("slow")
class PythonWrapperTest {

    private static final Path FILE = Path.of("src", "main", "python", "rowwise_spark.py");

    @Test
    void parametersAreThoseOfTheEstimatorAndItsTypes() throws IOException {
        TreeMap<String, String> python = new TreeMap<>();
        for (MatchResult found :
                find("(\\w+) = Param\\(Params._dummy\\(\\), \"(\\w+)\", \"[^\"]+\", TypeConverters.to(\\w+)\\)")) {
            assertThat(found.group(1)).isEqualTo(found.group(2));
            python.put(found.group(1), found.group(3));
        }
        TreeMap<String, String> java = new TreeMap<>();
        for (Param<?> param : new RowwiseEstimator().params()) {
            java.put(
                    param.name(),
                    param instanceof DoubleParam
                            ? "Float"
                            : param instanceof IntParam || param instanceof LongParam ? "Int" : "String");
        }
        assertThat(python).isEqualTo(java);
    }

    @Test
    void defaultsAreThoseOfTheEstimator() throws IOException {
        RowwiseEstimator estimator = new RowwiseEstimator();
        List<String> defaults = new ArrayList<>();
        for (Param<?> param : estimator.params()) {
            estimator
                    .getDefault(param)
                    .foreach(value -> defaults.add(param.name() + "="
                            + (value instanceof String ? "\"" + value + "\"" : String.valueOf(value)) + ","));
        }
        String text = Files.readString(FILE, StandardCharsets.UTF_8);
        String set = text.substring(text.indexOf("_setDefault("), text.indexOf("self.setParams("));
        assertThat(Arrays.stream(set.split("\n", -1)).map(String::strip).filter(line -> line.endsWith(",")))
                .containsExactlyInAnyOrderElementsOf(defaults);
        for (String value : defaults) {
            // Once in the signature and once as a default.
            assertThat(text.split(Pattern.quote(value), -1)).as(value).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void classesAndMethodsAreThere() throws Exception {
        for (MatchResult found : find("_PACKAGE \\+ \"(\\w+)\"")) {
            assertThat(Class.forName("io.github.rowwise.spark." + found.group(1)))
                    .isNotNull();
        }
        for (MatchResult found : find("(?:_table|_call_java)\\(\"(\\w+)\"")) {
            assertThat(RowwiseModel.class.getMethod(found.group(1))).isNotNull();
        }
        for (MatchResult found : find("class (Rowwise\\w+)\\(")) {
            assertThat(Class.forName("io.github.rowwise.spark." + found.group(1))
                            .getMethod("read"))
                    .isNotNull();
        }
    }

    private static List<MatchResult> find(String pattern) throws IOException {
        List<MatchResult> found = Pattern.compile(pattern)
                .matcher(Files.readString(FILE, StandardCharsets.UTF_8))
                .results()
                .toList();
        assertThat(found).isNotEmpty();
        return found;
    }
}
