package io.github.rowwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.exception.RowwiseException;
import io.github.rowwise.linalg.BackendUnavailableException;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.Panel;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExceptionsTest {

    @Test
    void allHaveOneSuperclass() {
        assertThat(List.of(
                        new BackendUnavailableException("message"),
                        new CheckpointException("message", new IllegalStateException("cause")),
                        new InvalidPanelException("message"),
                        new NotIdentifiedException("message")))
                .allSatisfy(exception -> assertThat(exception)
                        .isInstanceOf(RowwiseException.class)
                        .hasMessage("message"));
        assertThat(new CheckpointException("message", new IllegalStateException("cause")))
                .hasRootCauseMessage("cause");
    }

    @Test
    void anInvalidPanelIsCaughtByIt() {
        assertThatThrownBy(() -> Panel.builder().build()).isInstanceOf(RowwiseException.class);
    }
}
