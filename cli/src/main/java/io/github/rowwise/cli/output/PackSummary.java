package io.github.rowwise.cli.output;

import io.github.rowwise.cli.input.PanelInput;
import io.github.rowwise.table.Shown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the terminal shows of a panel that was packed. */
public final class PackSummary {

    private PackSummary() {}

    /**
     * Sums up.
     *
     * @param input the panel that was packed
     * @param file the panel file
     * @return some lines
     */
    public static String of(PanelInput input, Path file) {
        Lines lines = new Lines();
        PanelSummary.addPanel(lines, input);
        input.warnings().forEach(warning -> lines.part("Warning").add(Shown.line(warning)));
        lines.part("Time")
                .add(String.format(
                        Locale.ROOT,
                        "%.1f s, %s rows a second",
                        input.seconds(),
                        Numbers.count(Math.round(input.rows() / input.seconds()))));
        lines.part("Written")
                .add(Shown.line(file.toString()) + ", " + Numbers.count(size(file)) + " bytes, outcomes kept as "
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
