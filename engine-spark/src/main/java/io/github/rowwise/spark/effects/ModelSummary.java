package io.github.rowwise.spark.effects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.effects.Provenance;
import io.github.rowwise.effects.Spectrum;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.spark.panel.PanelTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** All of a fit but its units, as a JSON document with the members of the program's. */
public final class ModelSummary {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode root;

    private ModelSummary(JsonNode root) {
        this.root = root;
    }

    public static ModelSummary of(
            UnitEffects effects, List<Warning> found, PanelTable panel, Dataset<Row> units, int passes) {
        ObjectNode root = JSON.createObjectNode();
        addPanel(root.putObject("panel"), effects, panel);
        root.put("level", effects.confidenceLevel());
        root.put("passes", passes);
        addAverages(root.putArray("averages"), effects);
        ArrayNode spectra = root.putArray("spectra");
        effects.factorModel().ifPresentOrElse(model -> addModel(root.putObject("factor_model"), model), () -> {
            for (int arm = 0; arm < panel.armNames().size(); arm++) {
                addSpectrum(
                        spectra.addObject(),
                        effects.spectrum(arm),
                        panel.armNames().get(arm));
            }
        });
        addGrades(root.putArray("grades"), panel.armNames(), units);
        ArrayNode warnings = root.putArray("warnings");
        if (!panel.warning().isEmpty()) {
            warnings.add(panel.warning());
        }
        found.forEach(warning -> warnings.add(warning.message()));
        addProvenance(root.putObject("provenance"), effects.provenance());
        return new ModelSummary(root);
    }

    public static ModelSummary read(String json) {
        try {
            return new ModelSummary(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not the summary of a model: " + e.getOriginalMessage(), e);
        }
    }

    /** In one line. */
    public String json() {
        return root.toString();
    }

    public JsonNode root() {
        return root;
    }

    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        root.path(name).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    public List<String> arms() {
        List<String> arms = new ArrayList<>();
        root.path("panel").path("arms").forEach(arm -> arms.add(arm.path("name").asText()));
        return arms;
    }

    private static void addPanel(ObjectNode json, UnitEffects effects, PanelTable panel) {
        List<String> periods = panel.periodNames();
        json.put("rows", panel.rows());
        json.put("storage", panel.storage().name().toLowerCase(Locale.ROOT));
        json.put("units", panel.units());
        json.put("periods", periods.size());
        json.put("times", panel.timeKind());
        json.put("first_period", periods.get(0));
        json.put("last_period", periods.get(periods.size() - 1));
        ArrayNode arms = json.putArray("arms");
        long[] cells = panel.cellsPerArm();
        for (int arm = 0; arm < cells.length; arm++) {
            arms.addObject().put("name", panel.armNames().get(arm)).put("cells", cells[arm]);
        }
        json.put("observed_cells", Arrays.stream(cells).sum());
        json.put("pattern", effects.diagnostics().pattern().label());
    }

    private static void addAverages(ArrayNode json, UnitEffects effects) {
        for (int arm = 1; arm < effects.panel().arms(); arm++) {
            AverageEffects averages = effects.averages(arm);
            ObjectNode one = json.addObject();
            one.put("arm", effects.panel().armNames().get(arm));
            one.put("units", averages.units());
            addEstimate(one.putObject("ate"), averages.ate(), effects.confidenceLevel());
            addEstimate(one.putObject("att"), averages.att(), effects.confidenceLevel());
            addEstimate(one.putObject("atu"), averages.atu(), effects.confidenceLevel());
            addEstimate(one.putObject("att_over_cells"), averages.attOverCells(), effects.confidenceLevel());
        }
    }

    private static void addEstimate(ObjectNode json, Estimate estimate, double level) {
        boolean known = estimate.hasStandardError();
        json.put("value", estimate.isAvailable() ? (Double) estimate.value() : null);
        json.put("se", known ? (Double) estimate.standardError() : null);
        Interval interval = known ? estimate.interval(level) : null;
        json.put("ci_lo", interval == null ? null : (Double) interval.lower());
        json.put("ci_hi", interval == null ? null : (Double) interval.upper());
    }

    private static void addSpectrum(ObjectNode json, Spectrum spectrum, String arm) {
        json.put("arm", arm);
        json.put("rank", spectrum.rank());
        json.put("rule", spectrum.rule());
        addOptional(json, "threshold", spectrum.threshold());
        addOptional(json, "gap", spectrum.gap());
        addOptional(json, "signal_to_noise", spectrum.signalToNoise());
        json.put("noise_scale", spectrum.noiseScale());
        json.put("largest_outcome", spectrum.largestOutcome());
        addAll(json.putArray("singular_values"), spectrum.singularValues());
    }

    private static void addModel(ObjectNode json, FactorModel model) {
        json.put("rank", model.rank());
        json.put("start_rank", model.startRank());
        json.put("effects", model.effectsForm().label());
        addOptional(json, "evidence_gain", model.evidenceGain());
        json.put("noise_correlation", model.noiseCorrelation());
        json.put("noise_sd", model.noiseStandardDeviation());
        addAll(json.putArray("period_noise_scales"), model.periodScales());
        json.put("passes", model.passes());
        json.put("converged", model.isConverged());
        addAll(json.putArray("evidence_bounds"), model.evidenceBounds());
    }

    private static void addGrades(ArrayNode json, List<String> arms, Dataset<Row> units) {
        List<Row> counts = (arms.size() > 2 ? units.groupBy("arm", "grade") : units.groupBy("grade"))
                .count()
                .collectAsList();
        for (int arm = 1; arm < arms.size(); arm++) {
            ObjectNode one = json.addObject();
            one.put("arm", arms.get(arm));
            for (Grade grade : Grade.values()) {
                long count = 0;
                for (Row row : counts) {
                    boolean isOfArm = arms.size() == 2 || row.getString(0).equals(arms.get(arm));
                    if (isOfArm && row.<String>getAs("grade").equals(grade.label())) {
                        count = row.<Long>getAs("count");
                    }
                }
                one.put(grade.label().replace(' ', '_'), count);
            }
        }
    }

    private static void addProvenance(ObjectNode json, Provenance provenance) {
        json.put("version", provenance.version());
        json.put("method", provenance.method());
        ObjectNode options = json.putObject("options");
        provenance.options().forEach(options::put);
        json.put("seed", provenance.seed());
        json.put("backend", provenance.backend());
        json.put("backend_version", provenance.backendVersion());
        json.put("data_hash", provenance.dataHash());
    }

    private static void addOptional(ObjectNode json, String name, OptionalDouble value) {
        // Infinity is no JSON number: no finite threshold is no threshold.
        json.put(name, value.isPresent() && Double.isFinite(value.getAsDouble()) ? (Double) value.getAsDouble() : null);
    }

    private static void addAll(ArrayNode json, double[] values) {
        for (double value : values) {
            json.add(value);
        }
    }
}
