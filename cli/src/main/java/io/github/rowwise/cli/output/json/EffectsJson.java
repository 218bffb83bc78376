package io.github.rowwise.cli.output.json;

import io.github.rowwise.cli.input.panel.MissingCells;
import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.Diagnosis;
import io.github.rowwise.cli.output.GradeCounts;
import io.github.rowwise.cli.output.JsonFile;
import io.github.rowwise.cli.output.Warnings;
import io.github.rowwise.cli.output.summary.PanelSummary;
import io.github.rowwise.cli.output.table.EvaluationFiles;
import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.EventTimeEffect;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.effects.PeriodEffect;
import io.github.rowwise.effects.PreTrend;
import io.github.rowwise.effects.Provenance;
import io.github.rowwise.effects.Spectrum;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.tables.EffectColumn;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The whole result as one JSON document: the table and everything that a reader needs to judge it. */
public final class EffectsJson {

    private final JsonGenerator json;
    private final UnitEffects effects;
    private final Diagnosis diagnosis;
    private final Panel panel;
    private final boolean predict;

    private EffectsJson(JsonGenerator json, UnitEffects effects, Diagnosis diagnosis, boolean predict) {
        this.json = json;
        this.effects = effects;
        this.diagnosis = diagnosis;
        this.panel = effects.panel();
        this.predict = predict;
    }

    public static void write(
            Path file, UnitEffects effects, Diagnosis diagnosis, PanelInput input, double fitSeconds, boolean predict) {
        JsonFile.write(file, json -> new EffectsJson(json, effects, diagnosis, predict).write(input, fitSeconds));
    }

    private void write(PanelInput input, double fitSeconds) {
        json.writeStartObject();
        writePanel(input);
        json.writeNumberProperty("level", effects.confidenceLevel());
        writeAverages(effects);
        writePeriods();
        writeSpectra(effects);
        writeEventTimes();
        writeFactorModel();
        writeAlgorithm1();
        DiagnosisJson.write(json, panel, effects.diagnostics(), diagnosis);
        if (diagnosis.selfTest() != null) {
            json.writeName("self_test");
            EvaluationFiles.write(json, diagnosis.selfTest());
        }
        writeGrades();
        writeUnits();
        json.writeArrayPropertyStart("warnings");
        Warnings.of(effects, diagnosis, input).forEach(warning -> json.writeString(warning.message()));
        json.writeEndArray();
        json.writeObjectPropertyStart("seconds");
        json.writeNumberProperty("reading", input.seconds());
        json.writeNumberProperty("fitting", fitSeconds);
        json.writeEndObject();
        writeProvenance();
        json.writeEndObject();
    }

    private void writePanel(PanelInput input) {
        json.writeObjectPropertyStart("panel");
        json.writeStringProperty("file", input.source().origin().label());
        json.writeStringProperty("unit", input.source().columns().unit());
        json.writeStringProperty("time", input.source().columns().time());
        json.writeStringProperty("outcome", input.source().columns().outcome());
        json.writeStringProperty("treatment", input.source().columns().treatment());
        Path treatments = input.source().origin().treatments();
        writeText("treatments", treatments == null ? null : treatments.toString());
        writeText("query", input.source().origin().query());
        writeText("where", input.source().where());
        json.writeNumberProperty("rows", input.rows());
        json.writeStringProperty("storage", PanelSummary.storage(panel));
        json.writeNumberProperty("units", panel.units());
        json.writeNumberProperty("periods", panel.periods());
        json.writeStringProperty("times", input.timeKind());
        json.writeStringProperty("first_period", panel.periodNames().get(0));
        json.writeStringProperty("last_period", panel.periodNames().get(panel.periods() - 1));
        json.writeArrayPropertyStart("arms");
        for (int arm = 0; arm < panel.arms(); arm++) {
            json.writeStartObject();
            json.writeStringProperty("name", panel.armNames().get(arm));
            json.writeNumberProperty("cells", panel.cellsInArm(arm));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberProperty("observed_cells", panel.observedCells());
        MissingCells leftOut = input.missingCells();
        json.writeObjectPropertyStart("left_out");
        json.writeNumberProperty("total", leftOut.total());
        leftOut.reasons().forEach((reason, cells) -> json.writeNumberProperty(reason, cells.longValue()));
        // The first of them: --left-out has all.
        json.writeArrayPropertyStart("cells");
        leftOut.list(panel, (unit, time, reason) -> {
            json.writeStartObject();
            json.writeStringProperty("unit", unit);
            json.writeStringProperty("time", time);
            json.writeStringProperty("reason", reason);
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeNumberProperty("rows_not_where", leftOut.excludedRows());
        json.writeEndObject();
        json.writeStringProperty("pattern", effects.diagnostics().pattern().label());
        json.writeEndObject();
    }

    private void writeAverages(UnitEffects result) {
        json.writeArrayPropertyStart("averages");
        for (int arm = 1; arm < panel.arms(); arm++) {
            AverageEffects averages = result.averages(arm);
            json.writeStartObject();
            json.writeStringProperty("arm", panel.armNames().get(arm));
            json.writeNumberProperty("units", averages.units());
            writeEstimate("ate", averages.ate());
            writeEstimate("att", averages.att());
            writeEstimate("atu", averages.atu());
            writeEstimate("att_over_cells", averages.attOverCells());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writePeriods() {
        json.writeArrayPropertyStart("effect_by_period");
        for (int arm = 1; arm < panel.arms(); arm++) {
            for (PeriodEffect effect : effects.byPeriod(arm)) {
                json.writeStartObject();
                json.writeStringProperty("period", effect.period());
                json.writeStringProperty("arm", panel.armNames().get(arm));
                writeFlat("effect", effect.effect());
                json.writeNumberProperty("treated_units", effect.treatedUnits());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private void writeEventTimes() {
        json.writeArrayPropertyStart("by_event_time");
        for (int arm = 1; arm < panel.arms(); arm++) {
            for (EventTimeEffect effect : effects.byEventTime(arm)) {
                writeEventTime(arm, effect.eventTime(), effect.cells(), effect.units(), "effect", effect.effect());
            }
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("gap_before_treatment");
        for (int arm = 1; arm < panel.arms(); arm++) {
            for (PreTrend gap : effects.preTrends(arm)) {
                writeEventTime(arm, gap.eventTime(), gap.cells(), gap.units(), "gap", gap.gap());
            }
        }
        json.writeEndArray();
    }

    private void writeEventTime(int arm, int eventTime, int cells, int units, String name, Estimate estimate) {
        json.writeStartObject();
        json.writeNumberProperty("event_time", eventTime);
        json.writeStringProperty("arm", panel.armNames().get(arm));
        writeFlat(name, estimate);
        json.writeNumberProperty("cells", cells);
        json.writeNumberProperty("units", units);
        json.writeEndObject();
    }

    private void writeSpectra(UnitEffects result) {
        json.writeArrayPropertyStart("spectra");
        for (int arm = 0; arm < panel.arms() && result.factorModel().isEmpty(); arm++) {
            Spectrum spectrum = result.spectrum(arm);
            json.writeStartObject();
            json.writeStringProperty("arm", panel.armNames().get(arm));
            json.writeNumberProperty("rank", spectrum.rank());
            json.writeStringProperty("rule", spectrum.rule());
            writeOptional("threshold", spectrum.threshold());
            writeOptional("gap", spectrum.gap());
            writeOptional("signal_to_noise", spectrum.signalToNoise());
            json.writeNumberProperty("noise_scale", spectrum.noiseScale());
            json.writeNumberProperty("largest_outcome", spectrum.largestOutcome());
            json.writeName("singular_values");
            double[] values = spectrum.singularValues();
            json.writeArray(values, 0, values.length);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeFactorModel() {
        FactorModel model = effects.factorModel().orElse(null);
        if (model == null) {
            return;
        }
        json.writeObjectPropertyStart("factor_model");
        json.writeNumberProperty("rank", model.rank());
        json.writeNumberProperty("start_rank", model.startRank());
        json.writeStringProperty("effects", model.effectsForm().label());
        writeOptional("evidence_gain", model.evidenceGain());
        json.writeNumberProperty("noise_correlation", model.noiseCorrelation());
        json.writeNumberProperty("noise_sd", model.noiseStandardDeviation());
        json.writeName("period_noise_scales");
        double[] scales = model.periodScales();
        json.writeArray(scales, 0, scales.length);
        json.writeNumberProperty("passes", model.passes());
        json.writeBooleanProperty("converged", model.isConverged());
        json.writeName("evidence_bounds");
        double[] bounds = model.evidenceBounds();
        json.writeArray(bounds, 0, bounds.length);
        json.writeEndObject();
    }

    private void writeAlgorithm1() {
        UnitEffects beside = diagnosis.algorithm1();
        if (beside == null) {
            return;
        }
        json.writeObjectPropertyStart("algorithm1");
        json.writeStringProperty("rank", beside.provenance().options().get("rank"));
        json.writeStringProperty("centring", beside.provenance().options().get("centring"));
        writeAverages(beside);
        writeSpectra(beside);
        json.writeArrayPropertyStart("correlation_of_unit_ates");
        for (int arm = 1; arm < panel.arms(); arm++) {
            double correlation = Diagnosis.correlation(effects, beside, arm);
            if (Double.isNaN(correlation)) {
                json.writeNull();
            } else {
                json.writeNumber(correlation);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeGrades() {
        json.writeArrayPropertyStart("grades");
        for (int arm = 1; arm < panel.arms(); arm++) {
            json.writeStartObject();
            json.writeStringProperty("arm", panel.armNames().get(arm));
            Map<Grade, Integer> counts = GradeCounts.count(effects.diagnostics(), panel, arm);
            counts.forEach(
                    (grade, units) -> json.writeNumberProperty(grade.label().replace(' ', '_'), units.intValue()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeUnits() {
        List<EffectColumn> columns = EffectColumn.of(effects, predict);
        Iterator<Optional<Interval>> band = effects.simultaneousIntervals().iterator();
        json.writeArrayPropertyStart("units");
        for (EffectColumn.Row row : EffectColumn.rows(effects)) {
            json.writeStartObject();
            for (EffectColumn column : columns) {
                Object value = column.value().apply(row);
                if (value instanceof Integer whole) {
                    json.writeNumberProperty(column.name(), whole);
                } else if (value instanceof Double number) {
                    json.writeNumberProperty(column.name(), number);
                } else {
                    writeText(column.name(), (String) value);
                }
            }
            Optional<Interval> all = band.next();
            writeNumber("ate_band_lo", all.map(Interval::lower).orElse(null));
            writeNumber("ate_band_hi", all.map(Interval::upper).orElse(null));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeProvenance() {
        Provenance provenance = effects.provenance();
        json.writeObjectPropertyStart("provenance");
        json.writeStringProperty("version", provenance.version());
        json.writeStringProperty("method", provenance.method());
        json.writeObjectPropertyStart("options");
        for (Map.Entry<String, String> option : provenance.options().entrySet()) {
            json.writeStringProperty(option.getKey(), option.getValue());
        }
        json.writeEndObject();
        json.writeNumberProperty("seed", provenance.seed());
        json.writeStringProperty("backend", provenance.backend());
        json.writeStringProperty("backend_version", provenance.backendVersion());
        json.writeStringProperty("data_hash", provenance.dataHash());
        json.writeEndObject();
    }

    private void writeEstimate(String name, Estimate estimate) {
        json.writeObjectPropertyStart(name);
        writeNumbers("value", "", estimate);
        json.writeEndObject();
    }

    /** As members named like the columns of the table. */
    private void writeFlat(String name, Estimate estimate) {
        writeNumbers(name, name + "_", estimate);
    }

    private void writeNumbers(String name, String prefix, Estimate estimate) {
        writeNumber(name, estimate.isAvailable() ? estimate.value() : null);
        boolean known = estimate.hasStandardError();
        writeNumber(prefix + "se", known ? estimate.standardError() : null);
        Interval interval = known ? estimate.interval(effects.confidenceLevel()) : null;
        writeNumber(prefix + "ci_lo", interval == null ? null : interval.lower());
        writeNumber(prefix + "ci_hi", interval == null ? null : interval.upper());
    }

    private void writeOptional(String name, OptionalDouble value) {
        // Infinity is no JSON number: no finite threshold is no threshold.
        writeNumber(name, value.isPresent() && Double.isFinite(value.getAsDouble()) ? value.getAsDouble() : null);
    }

    private void writeNumber(String name, @Nullable Double value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, value);
        }
    }

    private void writeText(String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value);
        }
    }
}
