package io.github.rowwise.cli.report;

import io.github.rowwise.AverageEffects;
import io.github.rowwise.Estimate;
import io.github.rowwise.EventTimeEffect;
import io.github.rowwise.Grade;
import io.github.rowwise.Interval;
import io.github.rowwise.LowRankMatrix;
import io.github.rowwise.Panel;
import io.github.rowwise.PeriodEffect;
import io.github.rowwise.PreTreatmentGap;
import io.github.rowwise.Spectrum;
import io.github.rowwise.UnitEffects;
import io.github.rowwise.cli.input.PanelInput;
import io.github.rowwise.cli.output.Diagnosis;
import io.github.rowwise.cli.output.EffectColumn;
import io.github.rowwise.cli.output.Grades;
import io.github.rowwise.cli.output.Numbers;
import io.github.rowwise.cli.output.PanelSummary;
import io.github.rowwise.cli.output.Warnings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What the page shows, as JSON. Texts and averages are plain; columns of the table and matrices are base 64 of
 * little-endian arrays: doubles (the table, to the last digit), floats (what is only drawn), 32-bit whole numbers and bytes.
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
    private final Selection selection;
    private final int[] listed;

    private ReportJson(UnitEffects effects, Diagnosis diagnosis, PanelInput input, boolean predict) {
        this.effects = effects;
        this.panel = effects.panel();
        this.diagnosis = diagnosis;
        this.input = input;
        this.predict = predict;
        this.selection = new Selection(effects);
        this.listed = selection.listed();
    }

    static String of(UnitEffects effects, Diagnosis diagnosis, PanelInput input, boolean predict) {
        return new ReportJson(effects, diagnosis, input, predict).write();
    }

    private String write() {
        json.writeStartObject();
        writeFrame();
        writeTreatments();
        writeCompleted();
        writeTiles();
        writeSpectra();
        writePropensities();
        json.flush();
        writeObserved(selection.observed(listed, FRAME + bytes.size()));
        json.writeEndObject();
        json.close();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void writeFrame() {
        json.writeStringProperty("title", Answer.title(panel, input));
        json.writeStringProperty("unit", input.source().columns().unit());
        json.writeStringProperty("time", input.source().columns().time());
        json.writeStringProperty("outcome", input.source().columns().outcome());
        json.writeStringProperty("treatment", input.source().columns().treatment());
        json.writeStringProperty("file", Objects.toString(input.source().file().getFileName(), ""));
        json.writeNumberProperty("units", panel.units());
        json.writeNumberProperty("level", effects.level());
        json.writeBooleanProperty("refined", effects.factorModel().isPresent());
        writeTexts("periods", panel.periodNames());
        writeTexts("arms", arms());
        writeTexts("warnings", Warnings.of(effects, diagnosis, input));
        writeTexts("method", Explanation.method(effects));
        writeMap("facts", Explanation.facts(effects, input));
        writeTexts(
                "names", Arrays.stream(listed).mapToObj(panel.unitNames()::get).toList());
        writeTexts("grades", Arrays.stream(Grade.values()).map(Grade::label).toList());
        writeTexts(
                "grade_meanings",
                Arrays.stream(Grade.values()).map(Grades::meaning).toList());
    }

    private List<String> arms() {
        List<String> arms = new ArrayList<>();
        for (int arm = 0; arm < panel.arms(); arm++) {
            arms.add(PanelSummary.armName(panel, arm));
        }
        return arms;
    }

    private void writeTreatments() {
        List<EffectColumn> columns = EffectColumn.of(effects, predict);
        List<EffectColumn.Row> rows = EffectColumn.rows(effects);
        json.writeArrayPropertyStart("treatments");
        for (int arm = 1; arm < panel.arms(); arm++) {
            json.writeStartObject();
            json.writeStringProperty("arm", panel.armNames().get(arm));
            json.writeStringProperty("name", Answer.treatment(panel, input, arm));
            Answer answer = Answer.of(effects, input, arm);
            json.writeStringProperty("headline", answer.headline());
            json.writeStringProperty("shares", answer.shares());
            writeTexts("sentences", answer.sentences());
            json.writeBooleanProperty("att_first", answer.isAttFirst());
            writeAverages("averages", effects.averages(arm));
            if (diagnosis.algorithm1() != null) {
                writeAverages("algorithm1", diagnosis.algorithm1().averages(arm));
            }
            writeMap("checks", Explanation.checks(effects, diagnosis, arm));
            writeColumns(columns, rows, arm);
            writePeriods(effects.byPeriod(arm));
            writeEventTimes(arm);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The columns of the table; texts that repeat are numbered. */
    private void writeColumns(List<EffectColumn> columns, List<EffectColumn.Row> all, int arm) {
        int treatments = panel.arms() - 1;
        List<EffectColumn.Row> rows = Arrays.stream(listed)
                .mapToObj(unit -> all.get(unit * treatments + arm - 1))
                .toList();
        List<Grade> grades = List.of(Grade.values());
        Map<String, Integer> reasons = new LinkedHashMap<>();
        json.writeObjectPropertyStart("columns");
        for (EffectColumn column : columns) {
            List<Object> values =
                    rows.stream().map(row -> column.value().apply(row)).toList();
            switch (column.kind()) {
                case NUMBER ->
                    json.writeBinaryProperty(
                            column.name(),
                            Packed.doubles(values.stream()
                                    .mapToDouble(value -> value == null ? Double.NaN : (Double) value)
                                    .toArray()));
                case WHOLE ->
                    json.writeBinaryProperty(
                            column.name(),
                            Packed.ints(values.stream()
                                    .mapToInt(value -> (Integer) value)
                                    .toArray()));
                case TEXT -> {
                    if (column.name().equals("grade")) {
                        json.writeBinaryProperty(
                                "grade",
                                Packed.ints(rows.stream()
                                        .mapToInt(row ->
                                                grades.indexOf(row.effect().grade()))
                                        .toArray()));
                    } else if (column.name().equals("reason")) {
                        json.writeBinaryProperty(
                                "reason",
                                Packed.ints(rows.stream()
                                        .mapToInt(row -> reasons.computeIfAbsent(
                                                row.effect().reason(), reason -> reasons.size()))
                                        .toArray()));
                    }
                }
            }
        }
        json.writeEndObject();
        writeTexts("reasons", List.copyOf(reasons.keySet()));
    }

    private void writePeriods(List<PeriodEffect> periods) {
        double[] values = new double[periods.size()];
        double[] lower = new double[periods.size()];
        double[] upper = new double[periods.size()];
        int[] treated = new int[periods.size()];
        for (int j = 0; j < values.length; j++) {
            Estimate effect = periods.get(j).effect();
            boolean known = effect.hasStandardError();
            Interval interval = known ? effect.interval(effects.level()) : new Interval(Double.NaN, Double.NaN);
            values[j] = effect.isAvailable() ? effect.value() : Double.NaN;
            lower[j] = interval.lower();
            upper[j] = interval.upper();
            treated[j] = periods.get(j).treatedUnits();
        }
        json.writeObjectPropertyStart("by_period");
        json.writeBinaryProperty("value", Packed.doubles(values));
        json.writeBinaryProperty("lo", Packed.doubles(lower));
        json.writeBinaryProperty("hi", Packed.doubles(upper));
        json.writeBinaryProperty("treated", Packed.ints(treated));
        json.writeEndObject();
    }

    private void writeEventTimes(int arm) {
        json.writeArrayPropertyStart("by_event_time");
        for (PreTreatmentGap gap : effects.beforeTreatment(arm)) {
            writeEventTime(gap.eventTime(), gap.cells(), gap.units(), gap.gap());
        }
        for (EventTimeEffect effect : effects.byEventTime(arm)) {
            writeEventTime(effect.eventTime(), effect.cells(), effect.units(), effect.effect());
        }
        json.writeEndArray();
    }

    private void writeEventTime(int eventTime, int cells, int units, Estimate estimate) {
        json.writeStartObject();
        json.writeNumberProperty("time", eventTime);
        json.writeNumberProperty("cells", cells);
        json.writeNumberProperty("units", units);
        writeEstimate(estimate);
        json.writeEndObject();
    }

    private void writeAverages(String name, AverageEffects averages) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("units", averages.units());
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        estimates.put("ate", averages.ate());
        estimates.put("att", averages.att());
        estimates.put("atu", averages.atu());
        estimates.put("att_over_cells", averages.attOverCells());
        estimates.forEach((key, estimate) -> {
            json.writeObjectPropertyStart(key);
            writeEstimate(estimate);
            json.writeEndObject();
        });
        json.writeEndObject();
    }

    /** As members that are left out where there is nothing. */
    private void writeEstimate(Estimate estimate) {
        if (estimate.isAvailable()) {
            json.writeNumberProperty("value", estimate.value());
        }
        if (estimate.hasStandardError()) {
            Interval interval = estimate.interval(effects.level());
            json.writeNumberProperty("se", estimate.standardError());
            json.writeNumberProperty("lo", interval.lower());
            json.writeNumberProperty("hi", interval.upper());
        }
    }

    private void writeCompleted() {
        json.writeArrayPropertyStart("completed");
        for (int arm = 0; arm < panel.arms(); arm++) {
            LowRankMatrix matrix = effects.outcomeMatrix(arm);
            CompletedOutcomes completed = CompletedOutcomes.of(matrix, listed);
            double loadingScale = Packed.scale(completed.loadings());
            double factorScale = Packed.scale(completed.factors());
            json.writeStartObject();
            json.writeNumberProperty("width", completed.width());
            json.writeBinaryProperty("means", Packed.doubles(completed.means()));
            json.writeNumberProperty("loading_scale", loadingScale);
            json.writeBinaryProperty("loadings", Packed.floats(completed.loadings(), loadingScale));
            json.writeNumberProperty("factor_scale", factorScale);
            json.writeBinaryProperty("factors", Packed.floats(completed.factors(), factorScale));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeTiles() {
        Tiles tiles = Tiles.of(panel, effects.diagnostics());
        json.writeObjectPropertyStart("tiles");
        json.writeNumberProperty("rows", tiles.rows());
        json.writeNumberProperty("columns", tiles.columns());
        json.writeStringProperty("pattern", PanelSummary.pattern(effects.diagnostics()));
        if (tiles.rows() == listed.length) {
            json.writeBinaryProperty("order", Packed.ints(tiles.order()));
        }
        json.writeBinaryProperty("shares", tiles.shares());
        json.writeEndObject();
    }

    /** Of Algorithm 1, whether it is the method or stands beside; the factor model has none. */
    private void writeSpectra() {
        UnitEffects spectral = effects.factorModel().isPresent() ? diagnosis.algorithm1() : effects;
        json.writeArrayPropertyStart("spectra");
        for (int arm = 0; arm < panel.arms() && spectral != null; arm++) {
            Spectrum spectrum = spectral.spectrum(arm);
            json.writeStartObject();
            json.writeNumberProperty("rank", spectrum.rank());
            json.writeStringProperty("rule", spectrum.rule());
            spectrum.threshold().ifPresent(threshold -> {
                if (Double.isFinite(threshold)) {
                    json.writeNumberProperty("threshold", threshold);
                }
            });
            json.writeName("values");
            double[] values = spectrum.singularValues();
            json.writeArray(values, 0, values.length);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** How many of all units have which share of their periods in each arm, in twentieths. */
    private void writePropensities() {
        json.writeArrayPropertyStart("propensities");
        for (int arm = 0; arm < panel.arms(); arm++) {
            int[] counts = new int[20];
            for (int unit = 0; unit < panel.units(); unit++) {
                counts[(int) Math.min(19, Math.floor(20 * effects.diagnostics().propensity(unit, arm)))]++;
            }
            json.writeArray(counts, 0, counts.length);
        }
        json.writeEndArray();
    }

    private void writeObserved(int[] units) {
        int periods = panel.periods();
        double[] means = new double[units.length];
        double[] outcomes = new double[units.length * periods];
        byte[] arms = new byte[units.length * periods];
        for (int i = 0; i < units.length; i++) {
            double sum = 0;
            int count = 0;
            for (int period = 0; period < periods; period++) {
                double outcome = panel.outcome(units[i], period);
                outcomes[i * periods + period] = outcome;
                arms[i * periods + period] = (byte) panel.arm(units[i], period);
                sum += Double.isNaN(outcome) ? 0 : outcome;
                count += Double.isNaN(outcome) ? 0 : 1;
            }
            means[i] = count == 0 ? 0 : sum / count;
            for (int period = 0; period < periods; period++) {
                outcomes[i * periods + period] -= means[i];
            }
        }
        double scale = Packed.scale(outcomes);
        json.writeObjectPropertyStart("observed");
        json.writeStringProperty(
                "how",
                units.length == panel.units()
                        ? ""
                        : "This file holds the observed outcomes of " + Numbers.count(units.length) + " of "
                                + Numbers.count(panel.units())
                                + " units, so that it stays small: those with the highest and lowest effects, and others at"
                                + " even steps between. rowwise estimate with --cells FILE writes those of all.");
        json.writeBinaryProperty(
                "units",
                Packed.ints(Arrays.stream(units)
                        .map(unit -> Arrays.binarySearch(listed, unit))
                        .toArray()));
        json.writeBinaryProperty("means", Packed.doubles(means));
        json.writeNumberProperty("scale", scale);
        json.writeBinaryProperty("outcomes", Packed.floats(outcomes, scale));
        json.writeBinaryProperty("arms", arms);
        json.writeEndObject();
    }

    private void writeTexts(String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    private void writeMap(String name, Map<String, String> map) {
        json.writeObjectPropertyStart(name);
        map.forEach(json::writeStringProperty);
        json.writeEndObject();
    }
}
