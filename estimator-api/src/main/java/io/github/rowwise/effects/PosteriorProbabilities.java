package io.github.rowwise.effects;

import io.github.rowwise.internal.stats.TopDecile;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the posterior says of a unit beyond its estimate, each unit's taken as Student's t and independent of the others'.
 */
final class PosteriorProbabilities {

    private PosteriorProbabilities() {}

    /** P(effect > 0), NaN where there is no standard error. */
    static double[] positive(List<UnitEffect> units) {
        double[] result = new double[units.size()];
        Arrays.setAll(result, k -> {
            Estimate effect = units.get(k).ate();
            return effect.hasStandardError() ? above(effect, 0) : Double.NaN;
        });
        return result;
    }

    /**
     * P(effect above the threshold that a tenth of the units are expected to exceed) among the units of the same arm, NaN
     * where there is no standard error. Source: Lin, Louis, Paddock and Ridgeway (2006), doi:10.1214/06-BA130.
     */
    static double[] topDecile(List<UnitEffect> units) {
        Map<Integer, Double> thresholds = new HashMap<>();
        double[] result = new double[units.size()];
        Arrays.setAll(result, k -> {
            UnitEffect unit = units.get(k);
            if (!unit.ate().hasStandardError()) {
                return Double.NaN;
            }
            return above(unit.ate(), thresholds.computeIfAbsent(unit.arm(), arm -> threshold(units, arm)));
        });
        return result;
    }

    private static double threshold(List<UnitEffect> units, int arm) {
        List<Estimate> known = units.stream()
                .filter(unit -> unit.arm() == arm)
                .map(UnitEffect::ate)
                .filter(Estimate::hasStandardError)
                .toList();
        double widest =
                known.stream().mapToDouble(Estimate::standardError).max().orElse(0);
        double least = known.stream().mapToDouble(Estimate::value).min().orElse(0);
        double greatest = known.stream().mapToDouble(Estimate::value).max().orElse(0);
        TopDecile decile = new TopDecile(known.size(), least, greatest, widest);
        while (!decile.isDone()) {
            double[] threshold = decile.thresholds(1);
            double expected = 0;
            for (Estimate effect : known) {
                expected += above(effect, threshold[0]);
            }
            decile.narrow(threshold, new double[] {expected});
        }
        return decile.threshold();
    }

    private static double above(Estimate effect, double threshold) {
        return TopDecile.above(effect.value(), effect.standardError(), effect.degreesOfFreedom(), threshold);
    }
}
