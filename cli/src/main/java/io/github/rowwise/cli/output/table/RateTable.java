package io.github.rowwise.cli.output.table;

import io.github.rowwise.cli.database.RowSink;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.cli.output.csv.TextCells;
import io.github.rowwise.cli.study.RatePoint;
import io.github.rowwise.cli.study.RateStudy;
import java.util.List;
import java.util.Locale;

/** Writes the result of the rate study for the terminal and as CSV. */
public final class RateTable {

    private RateTable() {}

    /**
     * Returns the table with the slopes.
     *
     * @param points the measurements
     * @return lines of at most 80 columns
     */
    public static String of(List<RatePoint> points) {
        StringBuilder text = new StringBuilder();
        text.append("""
                Spectral method on panels of its own model: rank 3 under control and 4 under
                treatment, noise 0.5, propensities from 0.2 to 0.8 by unit, no centring.
                Rate is sqrt(1/n + n/m^2); one more is one factor more in the treated arm.

                                                  worst row         row averages
                """);
        text.append("  units  periods  draws     rate    true   one more    true   one more\n");
        for (RatePoint point : points) {
            text.append(String.format(
                    Locale.ROOT,
                    "%,7d  %,7d  %5d  %7.4f  %6.3f  %9.3f  %6.4f  %9.4f%n",
                    point.units(),
                    point.periods(),
                    point.draws(),
                    point.rate(),
                    point.trueRanks().worstRow(),
                    point.oneMore().worstRow(),
                    point.trueRanks().rowAverage(),
                    point.oneMore().rowAverage()));
        }
        text.append(String.format(
                Locale.ROOT,
                "slope, n = m             %7.2f  %6.2f  %9.2f  %6.2f  %9.2f%n",
                RateStudy.slope(points, RatePoint::rate),
                RateStudy.slope(points, p -> p.trueRanks().worstRow()),
                RateStudy.slope(points, p -> p.oneMore().worstRow()),
                RateStudy.slope(points, p -> p.trueRanks().rowAverage()),
                RateStudy.slope(points, p -> p.oneMore().rowAverage())));
        return text.toString();
    }

    /**
     * Writes one row per size and choice of ranks.
     *
     * @param file where to write
     * @param points the measurements
     */
    public static void write(OutputFile file, List<RatePoint> points) {
        List<TableColumn> columns = List.of(
                TableColumn.whole("units"),
                TableColumn.whole("periods"),
                TableColumn.whole("draws"),
                TableColumn.text("ranks"),
                TableColumn.number("rate"),
                TableColumn.number("worst_row"),
                TableColumn.number("row_average_rmse"));
        file.write(part -> new TableFile(OutputFile.Format.CSV, columns, TextCells.AS_IS).write(part, rows -> {
            for (RatePoint point : points) {
                add(rows, point, "true", point.trueRanks());
                add(rows, point, "one more", point.oneMore());
            }
        }));
    }

    private static void add(RowSink rows, RatePoint point, String ranks, RatePoint.Errors errors) {
        rows.whole(point.units());
        rows.whole(point.periods());
        rows.whole(point.draws());
        rows.text(ranks);
        rows.number(point.rate());
        rows.number(errors.worstRow());
        rows.number(errors.rowAverage());
        rows.endRow();
    }
}
