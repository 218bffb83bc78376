package io.github.rowwise.benchmarks.scoreboard;

import io.github.rowwise.Estimator;
import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.evaluation.TwoWayFixedEffects;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The methods of the scoreboard, each of which estimates the ATT of every unit. */
final class Contestants {

    static final String FACTOR_MODEL = "factor model";

    private static final long SEED = 1;

    private Contestants() {}

    /** Scores the methods that can be used where units adopt a treatment and keep it. */
    static Map<String, UnitScore> adopted(PlantedPanel planted) {
        Map<String, UnitScore> scores = ours(planted);
        scores.put("DID", peer(() -> NeverTreated.differenceInDifferences(planted.panel()), planted));
        scores.put("SC", peer(() -> NeverTreated.syntheticControl(planted.panel()), planted));
        scores.put("SDID", peer(() -> NeverTreated.syntheticDifferenceInDifferences(planted.panel()), planted));
        scores.put("MC", peer(() -> MatrixCompletion.atts(planted.panel(), SEED), planted));
        return scores;
    }

    /** Scores the methods that can be used where treatment comes and goes. */
    static Map<String, UnitScore> switching(PlantedPanel planted) {
        Map<String, UnitScore> scores = ours(planted);
        scores.put("two-way", peer(() -> TwoWayFixedEffects.effects(planted.panel(), 1), planted));
        scores.put("MC", peer(() -> MatrixCompletion.atts(planted.panel(), SEED), planted));
        return scores;
    }

    private static Map<String, UnitScore> ours(PlantedPanel planted) {
        Map<String, UnitScore> scores = new LinkedHashMap<>();
        int threads = Runtime.getRuntime().availableProcessors();
        scores.put(FACTOR_MODEL, ours(FactorModelEstimator.withDefaults().withThreads(threads), planted));
        scores.put("spectral", ours(SpectralEstimator.withDefaults().withThreads(threads), planted));
        return scores;
    }

    private static UnitScore ours(Estimator estimator, PlantedPanel planted) {
        long start = System.nanoTime();
        var estimates = estimator.fit(planted.panel()).effects().stream()
                .map(UnitEffect::att)
                .toList();
        return UnitScore.of(estimates, planted.atts(), (System.nanoTime() - start) / 1e9);
    }

    private static UnitScore peer(Supplier<double[]> method, PlantedPanel planted) {
        long start = System.nanoTime();
        double[] estimates = method.get();
        return UnitScore.of(estimates, planted.atts(), (System.nanoTime() - start) / 1e9);
    }
}
