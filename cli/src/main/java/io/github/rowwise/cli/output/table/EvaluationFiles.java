package io.github.rowwise.cli.output.table;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.TableWriter;
import io.github.rowwise.cli.database.TextCells;
import io.github.rowwise.cli.output.JsonFile;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.evaluation.Evaluation;
import io.github.rowwise.evaluation.MethodAccuracy;
import io.github.rowwise.tables.json.EvaluationDocument;

/** Writes an evaluation: its table as CSV, or all of it as JSON. */
public final class EvaluationFiles {

    private EvaluationFiles() {}

    /**
     * Writes an evaluation in the format of the file's ending.
     *
     * @param output the file to write
     * @param evaluation the evaluation
     * @param cells how texts are written to CSV
     */
    public static void write(OutputFile output, Evaluation evaluation, TextCells cells) {
        output.write(part -> {
            if (output.format() == OutputFile.Format.JSON) {
                JsonFile.write(part, EvaluationDocument.of(evaluation));
                return;
            }
            try (Database database = Database.open(1)) {
                database.execute(
                        "CREATE TABLE accuracy (arm VARCHAR, method VARCHAR, draws INTEGER, estimates INTEGER, "
                                + String.join(
                                        " DOUBLE, ",
                                        EvaluationDocument.numbers(evaluation
                                                        .methods()
                                                        .get(0)
                                                        .accuracy())
                                                .keySet())
                                + " DOUBLE)");
                try (TableWriter writer = database.writer("accuracy")) {
                    for (MethodAccuracy row : evaluation.methods()) {
                        writer.text(arm(evaluation, row));
                        writer.text(row.method());
                        writer.whole(row.accuracy().draws());
                        writer.whole(Math.toIntExact(row.accuracy().units()));
                        EvaluationDocument.numbers(row.accuracy()).values().forEach(writer::number);
                        writer.endRow();
                    }
                }
                database.copyToCsv("accuracy", part, cells);
            }
        });
    }

    private static String arm(Evaluation evaluation, MethodAccuracy row) {
        return evaluation.model().panel().armNames().get(row.arm());
    }
}
