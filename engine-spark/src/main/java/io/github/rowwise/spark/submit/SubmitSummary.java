package io.github.rowwise.spark.submit;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.spark.RowwiseModel;
import io.github.rowwise.spark.effects.ModelSummary;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/** Formats the summary of a result. */
final class SubmitSummary {

    private static final int FEW = 5;
    private static final int NAME_WIDTH = 25;

    private final StringBuilder lines = new StringBuilder();
    private final RowwiseModel model;
    private final JsonNode root;

    private SubmitSummary(RowwiseModel model) {
        this.model = model;
        this.root = ModelSummary.read(model.summary()).root();
    }

    static String of(RowwiseModel model, String input, @Nullable String output, double seconds) {
        SubmitSummary summary = new SubmitSummary(model);
        summary.add(input, output, seconds);
        return summary.lines.toString();
    }

    private void add(String input, @Nullable String output, double seconds) {
        JsonNode panel = root.path("panel");
        part("Panel", Quoted.plain(input) + ", " + count(panel.path("rows")) + " rows");
        part(
                "",
                count(panel.path("units")) + " units ("
                        + Quoted.plain(model.getOrDefault(model.unitCol())) + ") x "
                        + count(panel.path("periods")) + " periods ("
                        + Quoted.plain(model.getOrDefault(model.timeCol())) + ": "
                        + panel.path("times").asText() + ", "
                        + Quoted.plain(panel.path("first_period").asText()) + " to "
                        + Quoted.plain(panel.path("last_period").asText()) + ")");
        List<String> arms = new ArrayList<>();
        panel.path("arms")
                .forEach(arm -> arms.add(count(arm.path("cells")) + " in arm "
                        + Quoted.plain(arm.path("name").asText())));
        long cells = panel.path("units").asLong() * panel.path("periods").asLong();
        part(
                "",
                String.format(Locale.ROOT, "%,d cells: ", cells)
                        + String.join(", ", arms)
                        + String.format(
                                Locale.ROOT,
                                ", %,d missing",
                                cells - panel.path("observed_cells").asLong()));
        JsonNode zeroRows = panel.path("no_row_counted_as_zero");
        if (zeroRows.asLong() > 0) {
            part("", count(zeroRows) + " without a row counted as 0");
        }
        part("Pattern", panel.path("pattern").asText());
        JsonNode factors = root.path("factor_model");
        if (factors.isMissingNode()) {
            String title = "Rank";
            for (JsonNode arm : root.path("spectra")) {
                part(
                        title,
                        Quoted.plain(arm.path("arm").asText()) + ": "
                                + arm.path("rank").asInt() + ", by "
                                + arm.path("rule").asText());
                title = "";
            }
        } else {
            part(
                    "Model",
                    factors.path("rank").asInt() + " of "
                            + factors.path("start_rank").asInt() + " factors kept, after "
                            + factors.path("passes").asInt() + " passes");
        }
        for (JsonNode arm : root.path("averages")) {
            addArm(arm);
        }
        String title = "Warnings";
        for (String warning : model.warnings()) {
            part(title, "- " + Quoted.line(warning));
            title = "";
        }
        part(
                "Time",
                String.format(
                        Locale.ROOT,
                        "reading and fitting %.1f s, backend %s",
                        seconds,
                        root.path("provenance").path("backend").asText()));
        part(
                "Output",
                output == null
                        ? "no folder: --output effects.parquet writes the table (.csv, .json)"
                        : Quoted.line(output));
    }

    private void addArm(JsonNode arm) {
        String name = arm.path("arm").asText();
        lines.append('\n');
        part(
                "Effect",
                "of "
                        + (model.arms().size() == 2
                                ? Quoted.plain(model.getOrDefault(model.treatmentCol()))
                                : Quoted.plain(name))
                        + " on " + Quoted.plain(model.getOrDefault(model.outcomeCol())) + ", averaged over "
                        + count(arm.path("units")) + " units");
        part("", "ATE  " + estimate(arm.path("ate")) + "  over all periods");
        part("", "ATT  " + estimate(arm.path("att")) + "  over treated periods");
        part("", "ATT  " + estimate(arm.path("att_over_cells")) + "  over treated cells, not units");
        Dataset<Row> units = model.arms().size() > 2
                ? model.effects().where(functions.col("arm").equalTo(name))
                : model.effects();
        Row shares = units.agg(
                        functions.count_if(functions.col("ate_ci_lo").gt(0)),
                        functions.count_if(functions.col("ate_ci_hi").lt(0)),
                        functions.count(functions.col("ate_se")))
                .first();
        part(
                "",
                String.format(
                        Locale.ROOT,
                        "%,d of %,d units with an interval clearly gain (above 0), %,d clearly lose",
                        shares.getLong(0),
                        shares.getLong(2),
                        shares.getLong(1)));
        Dataset<Row> known = units.where("ate_se is not null").select("unit", "ate", "ate_ci_lo", "ate_ci_hi", "grade");
        addUnits("Highest", known.orderBy(functions.col("ate").desc(), functions.col("unit")));
        addUnits("Lowest", known.orderBy(functions.col("ate"), functions.col("unit")));
        for (JsonNode grades : root.path("grades")) {
            if (grades.path("arm").asText().equals(name)) {
                String title = "Grades";
                for (Iterator<Map.Entry<String, JsonNode>> all =
                                grades.properties().iterator();
                        all.hasNext(); ) {
                    Map.Entry<String, JsonNode> grade = all.next();
                    if (grade.getValue().asLong() > 0 && grade.getValue().isNumber()) {
                        part(
                                title,
                                count(grade.getValue()) + " " + grade.getKey().replace('_', ' '));
                        title = "";
                    }
                }
            }
        }
    }

    private void addUnits(String title, Dataset<Row> sorted) {
        String first = title;
        for (Row unit : sorted.limit(FEW).collectAsList()) {
            part(
                    first,
                    String.format(
                            Locale.ROOT,
                            "%-" + NAME_WIDTH + "s %s  [%s, %s]  %s",
                            Quoted.plain(unit.getString(0)),
                            number(unit.getDouble(1)),
                            number(unit.getDouble(2)),
                            number(unit.getDouble(3)),
                            unit.getString(4)));
            first = "";
        }
    }

    private void part(String title, String text) {
        lines.append(String.format("%-9s", title)).append(text.stripTrailing()).append('\n');
    }

    private static String estimate(JsonNode estimate) {
        if (!estimate.path("value").isNumber()) {
            return "not estimable";
        }
        String value = number(estimate.path("value").asDouble());
        return estimate.path("se").isNumber()
                ? value + "  [" + number(estimate.path("ci_lo").asDouble()) + ", "
                        + number(estimate.path("ci_hi").asDouble()) + "]"
                : value + "  (no interval)";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    private static String count(JsonNode number) {
        return String.format(Locale.ROOT, "%,d", number.asLong());
    }
}
