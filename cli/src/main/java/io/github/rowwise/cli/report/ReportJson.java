package io.github.rowwise.cli.report;

import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.Diagnosis;
import io.github.rowwise.cli.output.GradeCounts;
import io.github.rowwise.cli.output.Warnings;
import io.github.rowwise.cli.output.summary.PanelSummary;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.PanelChecks;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.tables.AddedColumns;
import io.github.rowwise.tables.EffectColumn;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The data of the page as JSON. Texts and averages are plain. Columns of the table and matrices are little-endian arrays in
 * base 64: doubles (the table), floats (what is only drawn), integers of 32 or 16 bits, and bytes.
 */
final class ReportJson {

    /** Characters of the page that are not data, nearly all of them the chart library. */
    private static final long FRAME = 1_250_000;

    private final UnitEffects effects;
    private final Panel panel;
    private final Diagnosis diagnosis;
    private final PanelInput input;
    private final AddedColumns added;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes);
    private final ReportUnitSelection selection;
    private final int[] listed;

    private ReportJson(UnitEffects effects, Diagnosis diagnosis, PanelInput input, AddedColumns added) {
        this.effects = effects;
        this.panel = effects.panel();
        this.diagnosis = diagnosis;
        this.input = input;
        this.added = added;
        this.selection = new ReportUnitSelection(effects);
        this.listed = selection.listed(FRAME, EffectColumn.of(effects, added).size());
    }

    static String of(UnitEffects effects, Diagnosis diagnosis, PanelInput input, AddedColumns added) {
        return new ReportJson(effects, diagnosis, input, added).write();
    }

    private String write() {
        json.writeStartObject();
        writeFrame();
        new TreatmentJson(json, effects, diagnosis, input, added, listed).write();
        PanelJson panelJson = new PanelJson(json, effects, diagnosis, input, listed);
        panelJson.write();
        json.flush();
        panelJson.writeObserved(selection.observed(listed, FRAME + bytes.size()));
        json.writeEndObject();
        json.close();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void writeFrame() {
        json.writeStringProperty("title", HeadlineText.title(panel, input));
        json.writeStringProperty("unit", input.source().columns().unit());
        json.writeStringProperty("time", input.source().columns().time());
        json.writeStringProperty("outcome", input.source().columns().outcome());
        json.writeStringProperty("treatment", input.source().columns().treatment());
        json.writeStringProperty("file", input.source().origin().shortLabel());
        json.writeNumberProperty("units", panel.units());
        json.writeNumberProperty("confidence_level", effects.confidenceLevel());
        json.writeBooleanProperty("factor_model", effects.factorModel().isPresent());
        json.writeBooleanProperty(
                "onset_terms",
                effects.factorModel().map(FactorModel::hasOnsetTerms).orElse(false));
        AveragesJson averages = new AveragesJson(json, diagnosis.averages(), effects.confidenceLevel());
        averages.writeFrame();
        new ColumnsJson(json, effects, averages).writeCovariates();
        JsonTexts.writeList(json, "periods", panel.periodNames());
        JsonTexts.writeList(json, "arms", arms());
        JsonTexts.writeList(
                json,
                "warnings",
                Warnings.of(effects, diagnosis, input).stream()
                        .map(Warning::message)
                        .toList());
        PanelChecks checks = diagnosis.checks();
        if (checks != null) {
            new CheckJson(json, checks, input).write();
        }
        JsonTexts.writeList(json, "method", MethodNotes.method(effects));
        JsonTexts.writeMap(json, "facts", MethodNotes.facts(effects, input));
        JsonTexts.writeList(
                json,
                "names",
                Arrays.stream(listed).mapToObj(panel.unitNames()::get).toList());
        JsonTexts.writeList(
                json, "grades", Arrays.stream(Grade.values()).map(Grade::label).toList());
        JsonTexts.writeList(
                json,
                "grade_meanings",
                Arrays.stream(Grade.values()).map(GradeCounts::meaning).toList());
    }

    private List<String> arms() {
        List<String> arms = new ArrayList<>();
        for (int arm = 0; arm < panel.arms(); arm++) {
            arms.add(PanelSummary.armName(panel, arm));
        }
        return arms;
    }
}
