package io.github.rowwise.benchmarks.study;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.Accuracy;
import io.github.rowwise.panel.Panel;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Accuracy and cost of a method, summed over draws.
 *
 * @param accuracy comparison with the true effects
 * @param passes number of passes over the panel, NaN if not counted
 * @param seconds time of the fits, NaN if not measured
 */
record Score(Accuracy accuracy, double passes, double seconds) {

    static final double CONFIDENCE_LEVEL = 0.95;

    /** The columns of {@link #row}. */
    static final String HEADER =
            "bias | RMSE | worst row | rank correlation | coverage of 95 % | width over needed | passes"
                    + " | seconds |";

    static final String RULE = "---|---|---|---|---|---|---|---|";

    /**
     * True effects of a panel.
     *
     * @param effects the true ATE or ATT of each unit
     * @param isAtt whether these are ATTs
     * @param matrix the true effect matrix, or {@code null} if unknown
     */
    record Truth(double[] effects, boolean isAtt, @Nullable LowRankMatrix matrix) {}

    /** Scores a method without intervals, passes and effect matrix. */
    static Score of(double[] estimates, Truth truth) {
        return new Score(Accuracy.of(estimates, truth.effects()), Double.NaN, Double.NaN);
    }

    static Score of(Function<Panel, UnitEffects> fit, Panel panel, Truth truth) {
        long start = System.nanoTime();
        UnitEffects effects = fit.apply(panel);
        return of(effects, truth, (System.nanoTime() - start) / 1e9);
    }

    /** Scores a fit. */
    static Score of(UnitEffects effects, Truth truth, double seconds) {
        List<Estimate> estimates = effects.effects().stream()
                .map(truth.isAtt() ? UnitEffect::att : UnitEffect::ate)
                .toList();
        Accuracy accuracy = Accuracy.of(estimates, truth.effects(), CONFIDENCE_LEVEL);
        LowRankMatrix matrix = truth.matrix();
        return new Score(
                matrix == null
                        ? accuracy
                        : accuracy.withWorstRow(effects.effectMatrix().worstRowError(matrix)),
                effects.factorModel()
                        .map(FactorModel::passes)
                        .map(Integer::doubleValue)
                        .orElse(Double.NaN),
                seconds);
    }

    Score plus(Score other) {
        return new Score(accuracy.plus(other.accuracy), passes + other.passes, seconds + other.seconds);
    }

    /** Returns the cells of a Markdown table after the name of the method. Unknown values are empty. */
    String row() {
        int draws = accuracy.draws();
        return String.format(
                        Locale.ROOT,
                        "%.4f | %.4f | %.3f | %.3f | %.3f | %.2f | %.0f | %.2f |",
                        accuracy.bias(),
                        accuracy.rmse(),
                        accuracy.worstRow(),
                        accuracy.rankCorrelation(),
                        accuracy.coverage(),
                        accuracy.widthOverNeeded(CONFIDENCE_LEVEL),
                        passes / draws,
                        seconds / draws)
                .replace("NaN", "");
    }
}
