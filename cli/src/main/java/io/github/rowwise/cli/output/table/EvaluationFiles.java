package io.github.rowwise.cli.output.table;

import io.github.rowwise.cli.database.Database;
import io.github.rowwise.cli.database.TableWriter;
import io.github.rowwise.cli.output.JsonFile;
import io.github.rowwise.cli.output.OutputFile;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.Provenance;
import io.github.rowwise.evaluation.Accuracy;
import io.github.rowwise.evaluation.Evaluation;
import io.github.rowwise.evaluation.MethodAccuracy;
import io.github.rowwise.panel.Panel;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes an evaluation: the table as CSV, or with all that belongs to it as JSON. */
public final class EvaluationFiles {

    private EvaluationFiles() {}

    /**
     * Writes in the format that the file's ending tells.
     *
     * @param output where to write
     * @param evaluation the result
     */
    public static void write(OutputFile output, Evaluation evaluation) {
        output.write(part -> {
            if (output.format() == OutputFile.Format.JSON) {
                JsonFile.write(part, json -> write(json, evaluation));
                return;
            }
            try (Database database = Database.open(1)) {
                database.execute(
                        "CREATE TABLE accuracy (arm VARCHAR, method VARCHAR, draws INTEGER, estimates INTEGER, "
                                + String.join(
                                        " DOUBLE, ",
                                        numbers(evaluation.methods().get(0).accuracy())
                                                .keySet()) + " DOUBLE)");
                try (TableWriter writer = database.writer("accuracy")) {
                    for (MethodAccuracy row : evaluation.methods()) {
                        writer.text(arm(evaluation, row));
                        writer.text(row.method());
                        writer.whole(row.accuracy().draws());
                        writer.whole(Math.toIntExact(row.accuracy().units()));
                        numbers(row.accuracy()).values().forEach(writer::number);
                        writer.endRow();
                    }
                }
                database.copyToCsv("accuracy", part);
            }
        });
    }

    /** Writes it as an object. */
    public static void write(JsonGenerator json, Evaluation evaluation) {
        Panel panel = evaluation.model().panel();
        json.writeStartObject();
        json.writeNumberProperty("draws", evaluation.draws());
        json.writeNumberProperty("level", evaluation.confidenceLevel());
        json.writeNumberProperty("seed", evaluation.seed());
        json.writeArrayPropertyStart("arms");
        for (int arm = 1; arm < panel.arms(); arm++) {
            json.writeStartObject();
            json.writeStringProperty("arm", panel.armNames().get(arm));
            json.writeNumberProperty("units", evaluation.judged().get(arm - 1).intValue());
            json.writeNumberProperty(
                    "units_judged_by_att", evaluation.judgedByAtt().get(arm - 1).intValue());
            json.writeNumberProperty(
                    "true_effect_sd", evaluation.effectSpread().get(arm - 1).doubleValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("methods");
        for (MethodAccuracy row : evaluation.methods()) {
            json.writeStartObject();
            json.writeStringProperty("arm", arm(evaluation, row));
            json.writeStringProperty("method", row.method());
            json.writeNumberProperty("estimates", row.accuracy().units());
            numbers(row.accuracy()).forEach((name, value) -> {
                if (Double.isNaN(value)) {
                    json.writeNullProperty(name);
                } else {
                    json.writeNumberProperty(name, value.doubleValue());
                }
            });
            json.writeEndObject();
        }
        json.writeEndArray();
        FactorModel model = evaluation.model().factorModel().orElseThrow();
        Provenance provenance = evaluation.model().provenance();
        json.writeObjectPropertyStart("drawn_from");
        json.writeNumberProperty("rank", model.rank());
        json.writeNumberProperty("noise_correlation", model.noiseCorrelation());
        json.writeNumberProperty("noise_sd", model.noiseStandardDeviation());
        json.writeStringProperty("effects", model.effectsForm().label());
        json.writeStringProperty("version", provenance.version());
        json.writeStringProperty("backend", provenance.backend());
        json.writeStringProperty("data_hash", provenance.dataHash());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String arm(Evaluation evaluation, MethodAccuracy row) {
        return evaluation.model().panel().armNames().get(row.arm());
    }

    private static Map<String, Double> numbers(Accuracy accuracy) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("bias", accuracy.bias());
        numbers.put("rmse", accuracy.rmse());
        numbers.put("worst_row", accuracy.worstRow());
        numbers.put("rank_correlation", accuracy.rankCorrelation());
        numbers.put("coverage", accuracy.coverage());
        numbers.put("width", accuracy.width());
        return numbers;
    }
}
