package io.github.rowwise.cli.output.summary;

import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.NumberFormat;
import io.github.rowwise.cli.output.TerminalLayout;
import io.github.rowwise.internal.text.Quoted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Formats the summary of a packed panel for the terminal. */
public final class PackSummary {

    private PackSummary() {}

    /**
     * Returns the summary.
     *
     * @param input the panel that was packed
     * @param file the panel file
     * @return its lines
     */
    public static String of(PanelInput input, Path file) {
        TerminalLayout lines = new TerminalLayout();
        PanelSummary.addPanel(lines, input);
        input.warnings().forEach(warning -> lines.part("Warning").add(Quoted.line(warning)));
        lines.part("Time")
                .add(String.format(
                        Locale.ROOT,
                        "%.1f s, %s rows per second",
                        input.seconds(),
                        NumberFormat.count(Math.round(input.rows() / input.seconds()))));
        lines.part("Written")
                .add(Quoted.line(file.toString()) + ", " + NumberFormat.count(size(file)) + " bytes, outcomes kept as "
                        + PanelSummary.storage(input.panel()) + "s");
        return lines.toString();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
