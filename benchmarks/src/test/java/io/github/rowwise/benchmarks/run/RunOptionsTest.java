package io.github.rowwise.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunOptionsTest {

    @Test
    void aFullRunPublishesThePage() {
        RunOptions options = RunOptions.parse(List.of());
        assertThat(options.name()).isEqualTo("full");
        assertThat(options.page()).isEqualTo("docs/benchmarks.md");
        assertThat(options.command()).isEqualTo("benchmarks/run");
    }

    @Test
    void quickAndPartialRunsDoNotReplaceThePublishedPage() {
        assertThat(RunOptions.parse(List.of("--quick")).page()).isEqualTo("benchmarks/results/quick.md");
        RunOptions partial = RunOptions.parse(List.of("--only", "Fit"));
        assertThat(partial.page()).isEqualTo("benchmarks/results/partial.md");
        assertThat(partial.command()).isEqualTo("benchmarks/run --only 'Fit'");
    }

    @Test
    void theNameAndThePageCanBeGiven() {
        RunOptions options = RunOptions.parse(List.of("--quick", "--name", "java25", "--page", "page.md"));
        assertThat(options.name()).isEqualTo("java25");
        assertThat(options.page()).isEqualTo("page.md");
    }

    @Test
    void rejectsUnknownOptions() {
        assertThatThrownBy(() -> RunOptions.parse(List.of("--fast")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown option '--fast'")
                .hasMessageContaining("usage: benchmarks/run");
        assertThatThrownBy(() -> RunOptions.parse(List.of("--only"))).hasMessageContaining("--only needs a value");
        assertThatThrownBy(() -> RunOptions.parse(List.of("--name", "a/b"))).hasMessageContaining("name 'a/b'");
    }
}
