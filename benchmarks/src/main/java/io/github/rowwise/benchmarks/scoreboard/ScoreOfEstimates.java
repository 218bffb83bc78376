package io.github.rowwise.benchmarks.scoreboard;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.evaluation.Accuracy;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Scores the estimates of any tool. The truth has the columns unit and att, as {@code rowwise simulate --truth} writes it; the
 * estimates have the columns unit, att and, for intervals, att_ci_lo and att_ci_hi, as {@code rowwise estimate --output} writes
 * them. The estimand may be ate or atu instead.
 */
public final class ScoreOfEstimates {

    private static final List<String> ESTIMANDS = List.of("ate", "att", "atu");

    private ScoreOfEstimates() {}

    /**
     * Prints the scores.
     *
     * @param arguments the file with the true effects, the file with estimates, and the estimand, {@code att} if it is left out
     */
    public static void main(String[] arguments) {
        if (arguments.length < 2 || arguments.length > 3) {
            throw new IllegalArgumentException("expected TRUTH ESTIMATES [ate | att | atu]");
        }
        String estimand = arguments.length > 2 ? arguments[2] : "att";
        if (!ESTIMANDS.contains(estimand)) {
            throw new IllegalArgumentException("no estimand " + estimand + "; there are " + ESTIMANDS);
        }
        print(System.out, Path.of(arguments[0]), Path.of(arguments[1]), estimand);
    }

    static void print(PrintStream out, Path truthFile, Path estimateFile, String estimand) {
        Map<String, double[]> truths = read(truthFile, List.of(estimand));
        Map<String, double[]> estimates =
                read(estimateFile, List.of(estimand, estimand + "_ci_lo", estimand + "_ci_hi"));
        double[] truth = new double[truths.size()];
        double[] estimate = new double[truths.size()];
        int k = 0;
        int scored = 0;
        int covered = 0;
        int intervals = 0;
        double intervalScore = 0;
        double width = 0;
        for (Map.Entry<String, double[]> unit : truths.entrySet()) {
            double[] found = estimates.remove(unit.getKey());
            truth[k] = unit.getValue()[0];
            estimate[k] = found == null ? Double.NaN : found[0];
            if (found != null && !Double.isNaN(truth[k] + estimate[k])) {
                scored++;
                if (!Double.isNaN(found[1] + found[2])) {
                    Interval interval = new Interval(found[1], found[2]);
                    intervals++;
                    covered += interval.contains(truth[k]) ? 1 : 0;
                    width += interval.upper() - interval.lower();
                    intervalScore += UnitScore.score(interval, truth[k]);
                }
            }
            k++;
        }
        if (!estimates.isEmpty()) {
            throw new IllegalArgumentException(estimateFile + " has units without a truth, such as "
                    + estimates.keySet().iterator().next());
        }
        if (scored == 0) {
            throw new IllegalArgumentException("no unit has both a true " + estimand + " and an estimate");
        }
        Accuracy accuracy = Accuracy.of(estimate, truth);
        out.printf(Locale.ROOT, "units with a truth and an estimate   %d of %d%n", scored, truth.length);
        out.printf(Locale.ROOT, "bias                                 %.6g%n", accuracy.bias());
        out.printf(Locale.ROOT, "RMSE                                 %.6g%n", accuracy.rmse());
        out.printf(Locale.ROOT, "rank correlation                     %.4f%n", accuracy.rankCorrelation());
        if (intervals > 0) {
            out.printf(Locale.ROOT, "intervals                            %d%n", intervals);
            out.printf(Locale.ROOT, "coverage                             %.4f%n", (double) covered / intervals);
            out.printf(Locale.ROOT, "mean width                           %.6g%n", width / intervals);
            out.printf(Locale.ROOT, "mean interval score, as of 95 %%      %.6g%n", intervalScore / intervals);
        }
    }

    /** Returns the columns by unit; NaN where the file has no such column or value. */
    private static Map<String, double[]> read(Path file, List<String> columns) {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException("no file " + file);
        }
        Map<String, double[]> byUnit = new LinkedHashMap<>();
        try (Database database = Database.open(1)) {
            database.execute("CREATE VIEW data AS SELECT * FROM read_csv(" + Sql.pattern(file)
                    + ", header = true, all_varchar = true)");
            Map<String, Integer> found = new LinkedHashMap<>();
            database.query("DESCRIBE data", row -> found.put(row.getString("column_name"), found.size()));
            for (String needed : List.of("unit", columns.get(0))) {
                if (!found.containsKey(needed)) {
                    throw new IllegalArgumentException(
                            file + " has no column " + needed + "; columns: " + String.join(", ", found.keySet()));
                }
            }
            StringBuilder query = new StringBuilder("SELECT unit");
            for (String column : columns) {
                query.append(", ")
                        .append(
                                found.containsKey(column)
                                        ? "CAST(nullif(nullif(" + Sql.name(column) + ", ''), 'NA') AS DOUBLE)"
                                        : "CAST(NULL AS DOUBLE)");
            }
            database.query(query + " FROM data", row -> {
                double[] values = new double[columns.size()];
                for (int k = 0; k < values.length; k++) {
                    values[k] = row.getDouble(k + 2);
                    values[k] = row.wasNull() ? Double.NaN : values[k];
                }
                if (byUnit.put(row.getString(1), values) != null) {
                    throw new IllegalArgumentException(
                            file + " has two rows for the unit " + row.getString(1) + "; give the rows of one arm");
                }
            });
        }
        return byUnit;
    }
}
