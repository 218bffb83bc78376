package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.input.PanelSource;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A panel and how it was read.
 *
 * @param panel the panel
 * @param file the panel file that stores its cells, or {@code null} if they are in memory
 * @param source the input
 * @param rows number of rows used; for a panel file, number of observed cells
 * @param timeKind kind of the periods, for example dates
 * @param missingCells counts of the cells without an outcome
 * @param warnings warnings about the input
 * @param seconds time taken to read, in seconds
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
