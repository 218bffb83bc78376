package io.github.rowwise.cli.output.table;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.cli.database.TextCells;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.Diagnosis;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.json.EffectsJson;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.text.Quoted;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
     * @param predict whether there are columns of predictions for units that lack an arm
     * @param cells how texts are written to CSV
     */
    public static void write(
            OutputFile output,
            UnitEffects effects,
            @Nullable Diagnosis diagnosis,
            PanelInput input,
            double fitSeconds,
            boolean predict,
            TextCells cells) {
        output.write(part -> {
            if (output.format() == OutputFile.Format.JSON) {
                EffectsJson.write(part, effects, Objects.requireNonNull(diagnosis), input, fitSeconds, predict);
            } else {
                copy(part, output.format(), effects, predict, cells);
            }
        });
    }

    /**
     * Writes the table as CSV.
     *
     * @param out the stream to write to; flushed, not closed
     * @param effects the result
     * @param predict whether there are columns of predictions for units that lack an arm
     * @param cells how texts are written to CSV
     */
    public static void writeCsv(OutputStream out, UnitEffects effects, boolean predict, TextCells cells) {
        try {
            Path part = Files.createTempFile(Path.of(System.getProperty("java.io.tmpdir")), "rowwise", ".csv");
            try {
                copy(part, OutputFile.Format.CSV, effects, predict, cells);
                Files.copy(part, out);
                out.flush();
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException | DatabaseException e) {
            throw new UserInputException(
                    "the table was not written to standard output: " + Quoted.line(String.valueOf(e.getMessage()))
                            + "; make room in " + System.getProperty("java.io.tmpdir"),
                    e);
        }
    }

    private static void copy(
            Path file, OutputFile.Format format, UnitEffects effects, boolean predict, TextCells cells) {
        // One thread: Parquet's layout must not depend on how many there are.
        try (Database database = Database.open(1)) {
            EffectTable.fill(database, effects, predict);
            copy(database, EffectTable.NAME, format, file, cells);
        }
    }

    /** Copies a table, or a query in parentheses, to a file. */
    static void copy(Database database, String table, OutputFile.Format format, Path file, TextCells cells) {
        switch (format) {
            case CSV -> database.copyToCsv(table, file, cells);
            case PARQUET -> database.copyToParquet(table, file);
            case ARROW -> database.copyToArrow(table, file);
            default -> throw new IllegalArgumentException("no table is written as " + format);
        }
    }
}
