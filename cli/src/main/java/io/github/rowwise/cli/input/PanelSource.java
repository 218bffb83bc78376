package io.github.rowwise.cli.input;

import io.github.rowwise.panel.OutcomeStorage;
import org.jspecify.annotations.Nullable;

/**
 * What is to be read.
 *
 * @param origin where it is
 * @param columns its columns that make the panel
 * @param control the level of the treatment that is the control, or {@code null} where the treatment is 0/1 or true/false
 * @param where a condition in SQL that rows must meet, or {@code null} for all rows
 * @param storage how outcomes are kept; a panel file keeps its own
 */
public record PanelSource(
        PanelOrigin origin,
        PanelColumns columns,
        @Nullable String control,
        @Nullable String where,
        OutcomeStorage storage) {

    /** The origin's name as messages show it. */
    public String name() {
        return origin.name();
    }
}
