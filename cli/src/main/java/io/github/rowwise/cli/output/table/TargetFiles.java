package io.github.rowwise.cli.output.table;

import io.github.rowwise.cli.output.JsonFile;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.csv.TextCells;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.tables.json.TargetDocument;
import io.github.rowwise.targeting.RankingArea;
import io.github.rowwise.targeting.TargetPlan;
import io.github.rowwise.targeting.TargetUnit;
import java.util.List;

/** Writes a choice of units: the candidates in their order as a table, or all of it as JSON. */
public final class TargetFiles {

    /** The formats that a choice is written in. */
    public static final List<OutputFile.Format> FORMATS =
            List.of(OutputFile.Format.CSV, OutputFile.Format.PARQUET, OutputFile.Format.JSON);

    private static final List<TableColumn> COLUMNS = List.of(
            TableColumn.whole("rank"),
            TableColumn.text("unit"),
            TableColumn.number("gain"),
            TableColumn.number("gain_se"),
            TableColumn.number("gain_ci_lo"),
            TableColumn.number("gain_ci_hi"),
            TableColumn.whole("predicted"),
            TableColumn.number("prob_best"),
            TableColumn.number("cost"),
            TableColumn.number("net_return"),
            TableColumn.whole("chosen"));

    private TargetFiles() {}

    /**
     * Writes a choice in the format of the file's ending.
     *
     * @param output the file to write
     * @param plan the choice
     * @param area the test of the order
     * @param warnings what the reading and the fit warn of; only JSON has them
     * @param cells how texts are written to CSV
     */
    public static void write(
            OutputFile output, TargetPlan plan, RankingArea area, List<Warning> warnings, TextCells cells) {
        output.write(part -> {
            if (output.format() == OutputFile.Format.JSON) {
                JsonFile.write(
                        part,
                        TargetDocument.of(
                                plan,
                                area,
                                warnings.stream().map(Warning::message).toList()));
                return;
            }
            double level = plan.effects().confidenceLevel();
            new TableFile(output.format(), COLUMNS, cells).write(part, rows -> {
                for (TargetUnit unit : plan.units()) {
                    Estimate gain = unit.gain();
                    Interval interval = gain.hasStandardError() ? gain.interval(level) : null;
                    rows.whole(unit.rank());
                    rows.text(unit.unit());
                    rows.number(gain.value());
                    rows.number(gain.hasStandardError() ? gain.standardError() : Double.NaN);
                    rows.number(interval == null ? Double.NaN : interval.lower());
                    rows.number(interval == null ? Double.NaN : interval.upper());
                    rows.whole(unit.isPredicted() ? 1 : 0);
                    rows.number(unit.probabilityBest());
                    rows.number(plan.hasCosts() ? unit.cost() : Double.NaN);
                    rows.number(unit.value());
                    rows.whole(unit.isChosen() ? 1 : 0);
                    rows.endRow();
                }
            });
        });
    }
}
