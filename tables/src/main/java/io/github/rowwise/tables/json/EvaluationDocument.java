package io.github.rowwise.tables.json;

import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.Provenance;
import io.github.rowwise.evaluation.Accuracy;
import io.github.rowwise.evaluation.Evaluation;
import io.github.rowwise.evaluation.MethodAccuracy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document of an evaluation: how near each method came on panels whose effects are known. */
public final class EvaluationDocument {

    private EvaluationDocument() {}

    /**
     * Returns the document.
     *
     * @param evaluation the result of an evaluation
     * @return members {@code draws}, {@code confidence_level}, {@code seed}, {@code arms}, {@code methods} and
     *     {@code drawn_from}
     */
    public static Map<String, @Nullable Object> of(Evaluation evaluation) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("draws", evaluation.draws());
        document.put("confidence_level", evaluation.confidenceLevel());
        document.put("seed", evaluation.seed());
        List<String> names = evaluation.model().panel().armNames();
        List<Object> arms = new ArrayList<>();
        for (int arm = 1; arm < names.size(); arm++) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("arm", names.get(arm));
            one.put("units", evaluation.judged().get(arm - 1));
            one.put("units_judged_by_att", evaluation.judgedByAtt().get(arm - 1));
            one.put("true_effect_sd", evaluation.effectSpread().get(arm - 1));
            arms.add(one);
        }
        document.put("arms", arms);
        List<Object> methods = new ArrayList<>();
        for (MethodAccuracy row : evaluation.methods()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("arm", names.get(row.arm()));
            one.put("method", row.method());
            one.put("estimates", row.accuracy().units());
            numbers(row.accuracy()).forEach((name, value) -> one.put(name, JsonValues.known(value)));
            methods.add(one);
        }
        document.put("methods", methods);
        document.put("drawn_from", drawnFrom(evaluation));
        return document;
    }

    /**
     * Returns the measures of accuracy under the names that documents and tables give them.
     *
     * @param accuracy an accuracy
     * @return in the order of the columns; NaN for a measure that is not defined
     */
    public static Map<String, Double> numbers(Accuracy accuracy) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("bias", accuracy.bias());
        numbers.put("rmse", accuracy.rmse());
        numbers.put("worst_row", accuracy.worstRow());
        numbers.put("rank_correlation", accuracy.rankCorrelation());
        numbers.put("coverage", accuracy.coverage());
        numbers.put("width", accuracy.width());
        return numbers;
    }

    private static Map<String, @Nullable Object> drawnFrom(Evaluation evaluation) {
        FactorModel model = evaluation.model().factorModel().orElseThrow();
        Provenance provenance = evaluation.model().provenance();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("rank", model.rank());
        members.put("noise_correlation", model.noiseCorrelation());
        members.put("noise_sd", model.noiseStandardDeviation());
        members.put("effects", model.effectsForm().label());
        members.put("onset_terms", model.hasOnsetTerms());
        members.put("trends", model.trends());
        members.put("trend_sd", model.trendStandardDeviation());
        members.put("version", provenance.version());
        members.put("backend", provenance.backend());
        members.put("data_hash", provenance.dataHash());
        return members;
    }
}
