package io.github.rowwise.cli.report;

import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.Diagnosis;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.tables.AddedColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/**
 * Writes the report: one HTML file with text, charts and table of a result. It opens from the disk and loads nothing. The
 * same result gives the same bytes.
 */
public final class ReportFile {

    /** The format of the report. */
    public static final List<OutputFile.Format> FORMATS = List.of(OutputFile.Format.HTML);

    private ReportFile() {}

    /**
     * Writes the report.
     *
     * @param output where to write
     * @param effects the result
     * @param diagnosis what a reader judges the result by
     * @param input the panel and how it was read
     * @param added columns that the table has because they were asked for
     */
    public static void write(
            OutputFile output, UnitEffects effects, Diagnosis diagnosis, PanelInput input, AddedColumns added) {
        output.write(part -> {
            String title = HeadlineText.title(effects.panel(), input);
            String page = ReportPage.of(title, ReportJson.of(effects, diagnosis, input, added));
            try {
                Files.writeString(part, page);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
