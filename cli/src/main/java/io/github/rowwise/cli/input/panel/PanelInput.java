package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A panel with what is worth knowing of how it was read.
 *
 * @param panel the panel
 * @param file the panel file that holds its cells, or {@code null} where they are in memory
 * @param source what was read
 * @param rows rows of the file that were used; of a panel file, observed cells
 * @param timeKind what the times are, in words
 * @param missingCells the cells without an outcome
 * @param warnings what a careful reader should look at
 * @param seconds how long reading took
 */
public record PanelInput(
        Panel panel,
        @Nullable PanelFile file,
        PanelSource source,
        long rows,
        String timeKind,
        MissingCells missingCells,
        List<String> warnings,
        double seconds)
        implements AutoCloseable {

    /** Keeps a copy of the warnings. */
    public PanelInput {
        warnings = List.copyOf(warnings);
    }

    /** Closes the panel file, if there is one. */
    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
