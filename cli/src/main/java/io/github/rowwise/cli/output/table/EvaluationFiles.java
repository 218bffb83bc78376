package io.github.rowwise.cli.output.table;

import io.github.rowwise.cli.database.RowSink;
import io.github.rowwise.cli.output.JsonFile;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.csv.TextCells;
import io.github.rowwise.evaluation.Evaluation;
import io.github.rowwise.evaluation.MethodAccuracy;
import io.github.rowwise.tables.json.EvaluationDocument;
import java.util.ArrayList;
import java.util.List;

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
            new TableFile(OutputFile.Format.CSV, columns(evaluation), cells)
                    .write(part, rows -> writeRows(evaluation, rows));
        });
    }

    /**
     * Writes the rows of the table, one per treatment and method.
     *
     * @param evaluation the evaluation
     * @param rows receives the rows
     */
    public static void writeRows(Evaluation evaluation, RowSink rows) {
        for (MethodAccuracy row : evaluation.methods()) {
            rows.text(arm(evaluation, row));
            rows.text(row.method());
            rows.whole(row.accuracy().draws());
            rows.whole(Math.toIntExact(row.accuracy().units()));
            EvaluationDocument.numbers(row.accuracy()).values().forEach(rows::number);
            rows.endRow();
        }
    }

    /**
     * Returns the columns of the table.
     *
     * @param evaluation the evaluation
     * @return the columns in their order
     */
    public static List<TableColumn> columns(Evaluation evaluation) {
        List<TableColumn> columns = new ArrayList<>(List.of(
                TableColumn.text("arm"),
                TableColumn.text("method"),
                TableColumn.whole("draws"),
                TableColumn.whole("estimates")));
        EvaluationDocument.numbers(evaluation.methods().get(0).accuracy())
                .keySet()
                .forEach(name -> columns.add(TableColumn.number(name)));
        return columns;
    }

    private static String arm(Evaluation evaluation, MethodAccuracy row) {
        return evaluation.model().panel().armNames().get(row.arm());
    }
}
