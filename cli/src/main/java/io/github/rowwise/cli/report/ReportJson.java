package io.github.rowwise.cli.report;

import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.Diagnosis;
import io.github.rowwise.cli.output.GradeCounts;
import io.github.rowwise.cli.output.Warnings;
import io.github.rowwise.cli.output.summary.PanelSummary;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.tables.EffectColumn;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What the page shows, as JSON. Texts and averages are plain; columns of the table and matrices are base 64 of
 * little-endian arrays: doubles (the table, to the last digit), floats (what is only drawn), whole numbers of 32 or 16 bits and bytes.
 */
final class ReportJson {

    /** Characters of the page that are not data: the chart library, nearly all of it. */
    private static final long FRAME = 1_250_000;

    private final UnitEffects effects;
    private final Panel panel;
    private final Diagnosis diagnosis;
    private final PanelInput input;
    private final boolean predict;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes);
    private final ReportUnitSelection selection;
    private final int[] listed;

    private ReportJson(UnitEffects effects, Diagnosis diagnosis, PanelInput input, boolean predict) {
        this.effects = effects;
        this.panel = effects.panel();
        this.diagnosis = diagnosis;
        this.input = input;
        this.predict = predict;
        this.selection = new ReportUnitSelection(effects);
        this.listed = selection.listed(FRAME, EffectColumn.of(effects, predict).size());
    }

    static String of(UnitEffects effects, Diagnosis diagnosis, PanelInput input, boolean predict) {
        return new ReportJson(effects, diagnosis, input, predict).write();
    }

    private String write() {
        json.writeStartObject();
        writeFrame();
        new TreatmentJson(json, effects, diagnosis, input, predict, listed).write();
        PanelJson panelJson = new PanelJson(json, effects, diagnosis, listed);
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
        json.writeNumberProperty("level", effects.confidenceLevel());
        json.writeBooleanProperty("refined", effects.factorModel().isPresent());
        writeTexts(json, "periods", panel.periodNames());
        writeTexts(json, "arms", arms());
        writeTexts(
                json,
                "warnings",
                Warnings.of(effects, diagnosis, input).stream()
                        .map(Warning::message)
                        .toList());
        writeTexts(json, "method", MethodNotes.method(effects));
        writeMap(json, "facts", MethodNotes.facts(effects, input));
        writeTexts(
                json,
                "names",
                Arrays.stream(listed).mapToObj(panel.unitNames()::get).toList());
        writeTexts(
                json, "grades", Arrays.stream(Grade.values()).map(Grade::label).toList());
        writeTexts(
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

    static void writeTexts(JsonGenerator json, String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    static void writeMap(JsonGenerator json, String name, Map<String, String> map) {
        json.writeObjectPropertyStart(name);
        map.forEach(json::writeStringProperty);
        json.writeEndObject();
    }
}
