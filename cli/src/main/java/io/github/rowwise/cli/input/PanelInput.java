package io.github.rowwise.cli.input;

import io.github.rowwise.Panel;
import java.util.List;

/**
 * A panel with what is worth knowing of how it was read.
 *
 * @param panel the panel
 * @param source what was read
 * @param rows rows of the file that were used
 * @param timeKind what the times are, in words
 * @param leftOut the cells without an outcome
 * @param warnings what a careful reader should look at
 * @param seconds how long reading took
 */
public record PanelInput(
        Panel panel,
        PanelSource source,
        long rows,
        String timeKind,
        LeftOut leftOut,
        List<String> warnings,
        double seconds) {

    /** Keeps a copy of the warnings. */
    public PanelInput {
        warnings = List.copyOf(warnings);
    }
}
