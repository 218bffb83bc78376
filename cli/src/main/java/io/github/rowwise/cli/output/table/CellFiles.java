package io.github.rowwise.cli.output.table;

import io.github.rowwise.cli.database.RowSink;
import io.github.rowwise.cli.input.UserInputException;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.csv.TextCells;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.Panel;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the table of cells: one row per unit and period with the observed outcome, the arm, the completed outcome in each
 * arm, and each treatment's effect. Memory does not grow with the rows.
 */
public final class CellFiles {

    /** The formats of the table of cells. */
    public static final List<OutputFile.Format> FORMATS =
            List.of(OutputFile.Format.CSV, OutputFile.Format.PARQUET, OutputFile.Format.ARROW);

    private CellFiles() {}

    /**
     * Rejects arms whose columns would have the same name.
     *
     * @param panel the panel to be fitted
     * @throws UserInputException if two names of arms differ only in case
     */
    public static void check(Panel panel) {
        List<String> names = panel.armNames();
        for (int arm = 0; arm < names.size(); arm++) {
            for (int other = 0; other < arm; other++) {
                if (names.get(arm).equalsIgnoreCase(names.get(other))) {
                    throw new UserInputException("--cells: the treatments " + Quoted.value(names.get(other)) + " and "
                            + Quoted.value(names.get(arm))
                            + " differ in nothing but case, and columns are named after them; rename one");
                }
            }
        }
    }

    /**
     * Writes the table in the format of the file's ending.
     *
     * @param output the file to write
     * @param effects the result
     * @param texts how texts are written to CSV
     * @param threads number of threads, 0 for one per core; the bytes do not depend on it
     */
    public static void write(OutputFile output, UnitEffects effects, TextCells texts, int threads) {
        Panel panel = effects.panel();
        TableParts units = new TableParts() {
            @Override
            public int count() {
                return panel.units();
            }

            @Override
            public void write(int unit, RowSink rows) {
                writeUnit(effects, unit, rows);
            }
        };
        output.write(part -> new TableFile(output.format(), columns(panel), texts).write(part, units, threads));
    }

    /**
     * Returns the columns of the table.
     *
     * @param panel the panel
     * @return the columns in their order
     */
    public static List<TableColumn> columns(Panel panel) {
        List<TableColumn> columns = new ArrayList<>(List.of(
                TableColumn.text("unit"),
                TableColumn.text("time"),
                TableColumn.number("observed"),
                TableColumn.text("arm")));
        panel.armNames().forEach(arm -> columns.add(TableColumn.number("outcome_" + arm)));
        for (String arm : panel.armNames().subList(1, panel.arms())) {
            String suffix = panel.arms() == 2 ? "" : "_" + arm;
            columns.add(TableColumn.number("effect" + suffix));
            columns.add(TableColumn.number("se" + suffix));
        }
        return columns;
    }

    /**
     * Writes the rows of one unit.
     *
     * @param effects the result
     * @param unit index of the unit
     * @param rows receives the rows
     */
    public static void writeUnit(UnitEffects effects, int unit, RowSink rows) {
        Panel panel = effects.panel();
        List<double[]> completed = completed(effects, unit);
        for (int period = 0; period < panel.periods(); period++) {
            int arm = panel.arm(unit, period);
            rows.text(panel.unitNames().get(unit));
            rows.text(panel.periodNames().get(period));
            rows.number(panel.outcome(unit, period));
            rows.text(arm < 0 ? null : panel.armNames().get(arm));
            for (double[] outcomes : completed) {
                rows.number(outcomes.length > 0 ? outcomes[period] : Double.NaN);
            }
            for (int treatment = 1; treatment < panel.arms(); treatment++) {
                Estimate effect = effects.cellEffect(unit, treatment, period);
                rows.number(effect.isAvailable() ? effect.value() : Double.NaN);
                rows.number(effect.hasStandardError() ? effect.standardError() : Double.NaN);
            }
            rows.endRow();
        }
    }

    /** Returns the completed outcomes of a unit by arm; an empty array for an arm that it lacks. */
    private static List<double[]> completed(UnitEffects effects, int unit) {
        List<double[]> rows = new ArrayList<>();
        for (int arm = 0; arm < effects.panel().arms(); arm++) {
            boolean isAvailable = effects.outcomeMatrix(arm).isAvailable(unit);
            rows.add(isAvailable ? effects.outcomeRow(unit, arm) : new double[0]);
        }
        return rows;
    }
}
