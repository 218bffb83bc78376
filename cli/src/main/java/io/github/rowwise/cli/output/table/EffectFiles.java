package io.github.rowwise.cli.output.table;

import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.Diagnosis;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.csv.TextCells;
import io.github.rowwise.cli.output.json.EffectsJson;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.tables.AddedColumns;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the effects table. The same result gives the same bytes, except for JSON, which has times. */
public final class EffectFiles {

    private EffectFiles() {}

    /**
     * Writes a result in the format of the file's ending.
     *
     * @param output the file to write
     * @param effects the result
     * @param diagnosis what a reader judges the result by; only JSON has it, for others it may be {@code null}
     * @param input the panel and how it was read
     * @param fitSeconds duration of the fit
     * @param added columns that the table has because they were asked for
     * @param cells how texts are written to CSV
     * @param threads number of threads, 0 for one per core; the bytes do not depend on it
     */
    public static void write(
            OutputFile output,
            UnitEffects effects,
            @Nullable Diagnosis diagnosis,
            PanelInput input,
            double fitSeconds,
            AddedColumns added,
            TextCells cells,
            int threads) {
        output.write(part -> {
            if (output.format() == OutputFile.Format.JSON) {
                EffectsJson.write(part, effects, Objects.requireNonNull(diagnosis), input, fitSeconds, added);
            } else {
                EffectTable table = new EffectTable(effects, added);
                new TableFile(output.format(), table.columns(), cells).write(part, table, threads);
            }
        });
    }

    /**
     * Writes the table as CSV.
     *
     * @param out the stream to write to; flushed, not closed
     * @param effects the result
     * @param added columns that the table has because they were asked for
     * @param cells how texts are written to CSV
     * @param threads number of threads, 0 for one per core; the bytes do not depend on it
     */
    public static void writeCsv(
            OutputStream out, UnitEffects effects, AddedColumns added, TextCells cells, int threads) {
        EffectTable table = new EffectTable(effects, added);
        try {
            new TableFile(OutputFile.Format.CSV, table.columns(), cells).writeCsv(out, table, threads);
        } catch (IOException e) {
            throw new UserInputException(
                    "the table was not written to standard output: " + Quoted.line(String.valueOf(e.getMessage())), e);
        }
    }
}
