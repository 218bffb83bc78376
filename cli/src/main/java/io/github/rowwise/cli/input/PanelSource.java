package io.github.rowwise.cli.input;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is to be read.
 *
 * @param file the file
 * @param columns its columns that make the panel
 * @param control the level of the treatment that is the control, or {@code null} where the treatment is 0/1 or true/false
 * @param where a condition in SQL that rows must meet, or {@code null} for all rows
 */
public record PanelSource(
        Path file,
        PanelColumns columns,
        @Nullable String control,
        @Nullable String where) {

    /** The file's name as messages show it. */
    String name() {
        return Shown.line(file.toString());
    }
}
