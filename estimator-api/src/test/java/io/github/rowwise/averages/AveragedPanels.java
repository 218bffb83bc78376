package io.github.rowwise.averages;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.Noise;
import io.github.rowwise.RankRule;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.EffectsForm;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Fits whose effects are averaged in tests. */
final class AveragedPanels {

    static final int UNITS = 26;

    /** Periods of the panel; one in between is absent. */
    static final int PERIODS = 31;

    private AveragedPanels() {}

    /** Three arms, gaps, switches, units that lack an arm or any cell, units of other scales, effects that build up. */
    static Panel panel(int arms) {
        SplittableRandom random = new SplittableRandom(3);
        double[][] outcomes = new double[UNITS][PERIODS];
        int[][] arm = new int[UNITS][PERIODS];
        for (int i = 0; i < UNITS; i++) {
            int current = 0;
            int since = 0;
            double level = random.nextGaussian();
            double scale = i % 5 == 0 ? 6 : 1;
            double noise = 0;
            for (int j = 0; j < PERIODS; j++) {
                if (random.nextInt(6) == 0) {
                    current = i < 2 ? 0 : i < 4 ? 1 : random.nextInt(arms);
                    since = 0;
                }
                arm[i][j] = i == 2 ? 1 : current;
                noise = 0.4 * noise + 0.3 * random.nextGaussian();
                double effect = arm[i][j] * (1 + i % 3 + 0.5 * Math.sin(j)) * (1 - Math.exp(-(1 + since++) / 2.0));
                outcomes[i][j] = i == 5 || random.nextInt(9) == 0
                        ? Double.NaN
                        : 1e3 * scale * (level + level * Math.sin(j) + effect + noise);
            }
        }
        return Panel.of(outcomes, arm, unitNames(), periodNames());
    }

    static List<String> unitNames() {
        return IntStream.range(0, UNITS).mapToObj(i -> "unit " + i).toList();
    }

    static List<String> periodNames() {
        return IntStream.range(0, PERIODS)
                .mapToObj(j -> "" + (1990 + j + (j > 20 ? 1 : 0)))
                .toList();
    }

    static Map<String, UnitEffects> fits(Panel panel) {
        Map<String, UnitEffects> fits = new LinkedHashMap<>();
        FactorModelEstimator model = FactorModelEstimator.withDefaults()
                .withBackend("ejml")
                .withRankLimit(3)
                .withCellErrors(true);
        fits.put("constant", model.withEffects(EffectsForm.CONSTANT).fit(panel));
        fits.put("factors", model.withEffects(EffectsForm.FACTORS).fit(panel));
        fits.put(
                "onset, iid",
                model.withEffects(EffectsForm.ONSET).withNoise(Noise.IID).fit(panel));
        fits.put(
                "jackknife",
                model.withEffects(EffectsForm.FACTORS)
                        .withNoise(Noise.BLOCK_JACKKNIFE)
                        .fit(panel));
        fits.put(
                "spectral",
                SpectralEstimator.withDefaults()
                        .withBackend("ejml")
                        .withRank(RankRule.fixed(2))
                        .fit(panel));
        return fits;
    }

    static List<Estimate> estimates(AverageEffects averages) {
        return List.of(averages.ate(), averages.att(), averages.atu(), averages.attOverCells());
    }
}
