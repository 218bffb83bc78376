package org.example;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.effects.PeriodEffect;
import io.github.rowwise.effects.PredictedEffect;
import io.github.rowwise.effects.UnitEffects;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Results beyond the effects per unit: the effect matrix, cells, periods, top decile and predictions. */
final class EffectsInDetail {

    private EffectsInDetail() {}

    static void run() {
        UnitEffects effects =
                FactorModelEstimator.withDefaults().withCellErrors(true).fit(FromArrays.panel());

        LowRankMatrix matrix = effects.effectMatrix(); // stored as factors, never as a full matrix
        double average = DoubleStream.of(matrix.row(5)).average().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "row average %.3f, ATE %.3f%n",
                average,
                effects.effect(5, 1).ate().value());

        Estimate cell = effects.cellEffect(5, 1, 20);
        System.out.printf(Locale.ROOT, "one cell %.2f, standard error %.2f%n", cell.value(), cell.standardError());

        LowRankMatrix untreated = effects.outcomeMatrix(0);
        System.out.printf(
                Locale.ROOT,
                "shop 11, never treated, week 1 without treatment: %.1f; with: %s%n",
                untreated.get(11, 0),
                effects.outcomeMatrix(1).isAvailable(11) ? "known" : "not estimable");

        PeriodEffect week = effects.byPeriod(1).get(0);
        System.out.printf(
                Locale.ROOT,
                "week %s: average effect %.2f, %d shops treated%n",
                week.period(),
                week.effect().value(),
                week.treatedUnits());

        double[] topDecile = effects.probabilitiesTopDecile();
        System.out.printf(Locale.ROOT, "probability of the top decile: shop 10 %.2f, shop 1 %.2f%n", topDecile[10], topDecile[1]);

        List<PredictedEffect> predictions = effects.predictions();
        System.out.println(predictions.size() + " prediction, for "
                + predictions.get(0).unit() + "; a prediction is not an estimate");
    }
}
