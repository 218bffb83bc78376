package io.github.rowwise.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.linalg.BackendReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

    @Test
    void describesTheMachine() {
        assertThat(Environment.describe())
                .containsKeys("date", "commit", "processor", "cores", "memory", "operating system", "JVM");
    }

    @Test
    void containsNoFolder() {
        String home = System.getProperty("user.home");
        assertThat(Environment.withoutPaths("no library in " + home + "/.cache: " + home))
                .isEqualTo("no library in <user.home>/.cache: <user.home>");
        assertThat(Environment.describe().values()).noneMatch(value -> value.contains(home + "/"));
    }

    @Test
    void everyBackendIsUsedOrSkippedWithAReason() {
        List<BackendStatus> statuses = BackendStatus.of(List.of(
                new BackendReport("ejml", 100, true, "0.46.1", "EJML 0.46.1, pure Java", "", null),
                new BackendReport("nd4j", 80, false, "", "no natives for this processor", "", null)));
        assertThat(statuses)
                .containsExactly(
                        new BackendStatus("ejml", true, "0.46.1", "EJML 0.46.1, pure Java"),
                        new BackendStatus("ojalgo", false, "", "no provider of that name is on the class path"),
                        new BackendStatus("nd4j", false, "", "no natives for this processor"));
    }
}
