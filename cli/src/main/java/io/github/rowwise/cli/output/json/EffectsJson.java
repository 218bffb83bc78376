package io.github.rowwise.cli.output.json;

import io.github.rowwise.averages.GroupAverages;
import io.github.rowwise.cli.input.TableRules;
import io.github.rowwise.cli.input.panel.MissingCells;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.Diagnosis;
import io.github.rowwise.cli.output.GradeCounts;
import io.github.rowwise.cli.output.JsonFile;
import io.github.rowwise.cli.output.ShownAverages;
import io.github.rowwise.cli.output.ShownTotals;
import io.github.rowwise.cli.output.Warnings;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.tables.AddedColumns;
import io.github.rowwise.tables.json.AveragesDocument;
import io.github.rowwise.tables.json.CheckDocument;
import io.github.rowwise.tables.json.DiagnosticsDocument;
import io.github.rowwise.tables.json.EvaluationDocument;
import io.github.rowwise.tables.json.ResultDocument;
import io.github.rowwise.tables.json.TableReading;
import io.github.rowwise.tables.json.TotalsDocument;
import io.github.rowwise.tables.json.UnitsDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes the whole result as one JSON document: the effects table and all that a reader needs to judge it. */
public final class EffectsJson {

    private EffectsJson() {}

    /**
     * Writes the document.
     *
     * @param file the file to write
     * @param effects the result
     * @param diagnosis what a reader judges the result by
     * @param input the panel and how it was read
     * @param fitSeconds duration of the fit
     * @param added columns that the table has because they were asked for
     */
    public static void write(
            Path file,
            UnitEffects effects,
            Diagnosis diagnosis,
            PanelInput input,
            double fitSeconds,
            AddedColumns added) {
        Panel panel = effects.panel();
        Map<String, @Nullable Object> document = ResultDocument.of(
                effects,
                panel(effects, input),
                IntStream.range(1, panel.arms())
                        .mapToObj(arm -> GradeCounts.count(effects.diagnostics(), panel, arm))
                        .toList(),
                Warnings.of(effects, diagnosis, input).stream()
                        .map(Warning::message)
                        .toList());
        addAverages(document, effects, diagnosis.averages());
        ShownTotals totals = diagnosis.totals();
        if (totals != null) {
            document.put("totals", TotalsDocument.of(effects, totals.totals(), totals.value(), totals.cost()));
        }
        UnitEffects spectral = diagnosis.algorithm1();
        if (spectral != null) {
            document.put(
                    "spectral",
                    DiagnosticsDocument.spectral(
                            spectral,
                            IntStream.range(1, panel.arms())
                                    .mapToObj(arm -> Diagnosis.correlation(effects, spectral, arm))
                                    .toList()));
        }
        document.put(
                "diagnostics",
                DiagnosticsDocument.of(
                        effects, diagnosis.homogeneity(), diagnosis.incoherence(), diagnosis.residuals()));
        if (diagnosis.selfTest() != null) {
            document.put("self_test", EvaluationDocument.of(diagnosis.selfTest()));
        }
        if (diagnosis.checks() != null) {
            document.put("checks", CheckDocument.of(diagnosis.checks()));
        }
        Map<String, @Nullable Object> seconds = new LinkedHashMap<>();
        seconds.put("reading", input.seconds());
        seconds.put("fitting", fitSeconds);
        document.put("seconds", seconds);
        UnitsDocument.addTo(document, effects, added);
        JsonFile.write(file, document);
    }

    private static void addAverages(
            Map<String, @Nullable Object> document, UnitEffects effects, ShownAverages averages) {
        if (averages.weights() != null) {
            document.put("averages", AveragesDocument.of(effects, averages.byUnit()));
            document.put("weights", averages.weights());
        }
        GroupAverages groups = averages.groups();
        if (groups != null) {
            document.put("groups", AveragesDocument.groups(effects, groups, averages.base()));
        }
        if (!averages.overCells().isEmpty()) {
            List<Object> chosen = new ArrayList<>();
            for (ShownAverages.OverCells over : averages.overCells()) {
                Map<String, @Nullable Object> one = new LinkedHashMap<>();
                one.put("condition", over.condition());
                one.put("cells", over.cells());
                one.put("by_group", over.isByGroup());
                one.put("averages", AveragesDocument.of(effects, over.byArm()));
                chosen.add(one);
            }
            document.put("averages_over", chosen);
        }
    }

    private static Map<String, @Nullable Object> panel(UnitEffects effects, PanelInput input) {
        Panel panel = effects.panel();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("file", input.source().origin().label());
        members.put("unit", input.source().columns().unit());
        members.put("time", input.source().columns().time());
        members.put("outcome", input.source().columns().outcome());
        members.put("treatment", input.source().columns().treatment());
        Path treatments = input.source().origin().treatments();
        members.put("treatments", treatments == null ? null : treatments.toString());
        members.put("query", input.source().origin().query());
        members.put("where", input.source().where());
        long[] cells =
                IntStream.range(0, panel.arms()).mapToLong(panel::cellsInArm).toArray();
        members.putAll(ResultDocument.panel(effects, reading(input), panel.units(), cells));
        members.put("missing_cells", missingCells(panel, input.missingCells()));
        members.put("left_out_cells", input.panel().cellsInArm(0) - panel.cellsInArm(0));
        return members;
    }

    /** A panel file does not say how the table was read of which it was made. */
    private static TableReading reading(PanelInput input) {
        boolean isTable = !input.source().origin().isPanelFile();
        TableRules rules = input.source().rules();
        return new TableReading(
                input.rows(),
                input.timeKind(),
                isTable ? rules.missing() : null,
                isTable ? rules.absentRows() : null,
                input.missingCells().zeroRows());
    }

    /** Counts by reason, and the first cells; {@code --missing-cells} writes all of them. */
    private static Map<String, @Nullable Object> missingCells(Panel panel, MissingCells missing) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("total", missing.total());
        members.putAll(missing.reasons());
        List<Object> cells = new ArrayList<>();
        missing.list(panel, (unit, time, reason) -> cells.add(cell(unit, time, reason)));
        members.put("cells", cells);
        members.put("rows_not_where", missing.excludedRows());
        return members;
    }

    private static Map<String, @Nullable Object> cell(String unit, String time, String reason) {
        Map<String, @Nullable Object> cell = new LinkedHashMap<>();
        cell.put("unit", unit);
        cell.put("time", time);
        cell.put("reason", reason);
        return cell;
    }
}
