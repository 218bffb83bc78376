package io.github.rowwise.cli.input;

import io.github.rowwise.OutcomeStorage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is to be read.
 *
 * @param file the file
 * @param columns its columns that make the panel
 * @param control the level of the treatment that is the control, or {@code null} where the treatment is 0/1 or true/false
 * @param where a condition in SQL that rows must meet, or {@code null} for all rows
 * @param storage how outcomes are kept; a panel file keeps its own
 */
public record PanelSource(
        Path file,
        PanelColumns columns,
        @Nullable String control,
        @Nullable String where,
        OutcomeStorage storage) {

    /**
     * Tells whether this is a panel file, which needs no columns.
     *
     * @return whether it is one, by its ending or its first bytes
     */
    public boolean isPanelFile() {
        return InputFormat.isPanelFile(file);
    }

    /** The file's name as messages show it. */
    String name() {
        return Shown.line(file.toString());
    }
}
