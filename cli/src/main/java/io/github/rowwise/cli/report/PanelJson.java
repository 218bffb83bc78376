package io.github.rowwise.cli.report;

import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.cli.output.Diagnosis;
import io.github.rowwise.cli.output.NumberFormat;
import io.github.rowwise.cli.output.summary.PanelSummary;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.effects.Spectrum;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import java.util.Arrays;
import tools.jackson.core.JsonGenerator;

/** Writes outcomes, arms, spectra and propensities as members of the page's data. */
final class PanelJson {

    private final JsonGenerator json;
    private final UnitEffects effects;
    private final Panel panel;
    private final Diagnosis diagnosis;
    private final PanelInput input;
    private final int[] listed;

    PanelJson(JsonGenerator json, UnitEffects effects, Diagnosis diagnosis, PanelInput input, int[] listed) {
        this.json = json;
        this.effects = effects;
        this.panel = effects.panel();
        this.diagnosis = diagnosis;
        this.input = input;
        this.listed = listed;
    }

    void write() {
        writeCompleted();
        writeTiles();
        writeSpectra();
        writePropensities();
    }

    private void writeCompleted() {
        json.writeArrayPropertyStart("completed");
        for (int arm = 0; arm < panel.arms(); arm++) {
            LowRankMatrix matrix = effects.outcomeMatrix(arm);
            CompletedOutcomes completed = CompletedOutcomes.of(matrix, listed);
            double loadingScale = TypedArrayEncoding.scale(completed.loadings());
            double factorScale = TypedArrayEncoding.scale(completed.factors());
            json.writeStartObject();
            json.writeNumberProperty("width", completed.width());
            json.writeBinaryProperty("means", TypedArrayEncoding.doubles(completed.means()));
            json.writeNumberProperty("loading_scale", loadingScale);
            json.writeBinaryProperty("loadings", TypedArrayEncoding.floats(completed.loadings(), loadingScale));
            json.writeNumberProperty("factor_scale", factorScale);
            json.writeBinaryProperty("factors", TypedArrayEncoding.floats(completed.factors(), factorScale));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeTiles() {
        TreatmentHeatmap tiles = TreatmentHeatmap.of(panel, effects.diagnostics());
        json.writeObjectPropertyStart("tiles");
        json.writeNumberProperty("rows", tiles.rows());
        json.writeNumberProperty("columns", tiles.columns());
        json.writeStringProperty("pattern", PanelSummary.pattern(effects.diagnostics()));
        if (tiles.rows() == listed.length) {
            json.writeBinaryProperty("order", TypedArrayEncoding.ints(tiles.order()));
        }
        json.writeBinaryProperty("shares", tiles.shares());
        json.writeEndObject();
    }

    /** The spectra of the spectral method; the factor model has none. */
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

    /** Histogram of the units' propensities per arm, in bins of one twentieth. */
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

    void writeObserved(int[] units) {
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
        double scale = TypedArrayEncoding.scale(outcomes);
        json.writeObjectPropertyStart("observed");
        json.writeStringProperty(
                "how",
                units.length == panel.units()
                        ? ""
                        : "This file holds the observed outcomes of " + NumberFormat.count(units.length) + " of "
                                + NumberFormat.count(panel.units())
                                + " units, so that it stays small: those with the highest and lowest effects, and others at"
                                + " even steps between. "
                                + (input.source().origin().isDataFrame()
                                        ? "cells() has"
                                        : "rowwise estimate --cells FILE writes")
                                + " those of all units.");
        json.writeBinaryProperty(
                "units",
                TypedArrayEncoding.ints(Arrays.stream(units)
                        .map(unit -> Arrays.binarySearch(listed, unit))
                        .toArray()));
        json.writeBinaryProperty("means", TypedArrayEncoding.doubles(means));
        json.writeNumberProperty("scale", scale);
        json.writeBinaryProperty("outcomes", TypedArrayEncoding.floats(outcomes, scale));
        json.writeBinaryProperty("arms", arms);
        if (effects.factorModel().map(FactorModel::hasOnsetTerms).orElse(false)) {
            writeOnsets(units);
        }
        json.writeEndObject();
    }

    /** What the time since the start of a treatment adds to the completed outcomes, by treatment, unit and period. */
    private void writeOnsets(int[] units) {
        json.writeArrayPropertyStart("onsets");
        for (int arm = 1; arm < panel.arms(); arm++) {
            LowRankMatrix matrix = effects.outcomeMatrix(arm);
            double[] deviations = new double[units.length * panel.periods()];
            for (int i = 0; i < units.length; i++) {
                if (matrix.isAvailable(units[i])) {
                    double[] cells = effects.outcomeRow(units[i], arm);
                    double[] average = matrix.row(units[i]);
                    for (int period = 0; period < cells.length; period++) {
                        deviations[i * cells.length + period] = cells[period] - average[period];
                    }
                }
            }
            double scale = TypedArrayEncoding.scale(deviations);
            json.writeStartObject();
            json.writeNumberProperty("scale", scale);
            json.writeBinaryProperty("values", TypedArrayEncoding.floats(deviations, scale));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
