package io.github.rowwise.benchmarks.study;

import io.github.rowwise.Centring;
import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.DifferenceOfMeans;
import io.github.rowwise.evaluation.TwoWayFixedEffects;
import io.github.rowwise.panel.Panel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Methods compared in the studies, for panels with one treatment. */
final class Methods {

    static final String DIFFERENCE_OF_MEANS = "difference of means";
    static final String TWO_WAY = "two-way fixed effects";

    private Methods() {}

    /** Returns the estimators of the library. */
    static Map<String, Function<Panel, UnitEffects>> estimators(int threads) {
        Map<String, Function<Panel, UnitEffects>> estimators = new LinkedHashMap<>();
        SpectralEstimator spectral = SpectralEstimator.withDefaults().withThreads(threads);
        estimators.put("Algorithm 1", spectral.withCentring(Centring.NONE)::fit);
        estimators.put("Algorithm 1, centred", spectral::fit);
        estimators.put("factor model", FactorModelEstimator.withDefaults().withThreads(threads)::fit);
        return estimators;
    }

    /** Returns the scores of all methods in one draw, including the simple ones for comparison. */
    static Map<String, Score> scores(Panel panel, Score.Truth truth, int threads) {
        Map<String, Score> scores = new LinkedHashMap<>();
        scores.put(DIFFERENCE_OF_MEANS, Score.of(DifferenceOfMeans.effects(panel, 1), truth));
        scores.put(TWO_WAY, Score.of(TwoWayFixedEffects.effects(panel, 1), truth));
        estimators(threads).forEach((name, fit) -> scores.put(name, Score.of(fit, panel, truth)));
        return scores;
    }

    /** Sums the draws for each method. */
    static Map<String, Score> sum(Iterable<Map<String, Score>> draws) {
        Map<String, Score> sums = new LinkedHashMap<>();
        draws.forEach(draw -> draw.forEach((name, score) -> sums.merge(name, score, Score::plus)));
        return sums;
    }
}
