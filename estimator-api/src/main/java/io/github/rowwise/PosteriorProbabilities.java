package io.github.rowwise;

import io.github.rowwise.internal.StudentT;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the posterior says of a unit beyond its estimate, each unit's taken as Student's t and independent of the others'.
 */
final class PosteriorProbabilities {

    /** Halvings to find the threshold of the top decile; it then stands to 13 digits of the range. */
    private static final int HALVINGS = 45;

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
        double low = known.stream().mapToDouble(Estimate::value).min().orElse(0) - 10 * widest;
        double high = known.stream().mapToDouble(Estimate::value).max().orElse(0) + 10 * widest;
        for (int halving = 0; halving < HALVINGS; halving++) {
            double threshold = low + (high - low) / 2;
            double expected = 0;
            for (Estimate effect : known) {
                expected += above(effect, threshold);
            }
            if (expected > known.size() / 10.0) {
                low = threshold;
            } else {
                high = threshold;
            }
        }
        return low + (high - low) / 2;
    }

    private static double above(Estimate effect, double threshold) {
        double distance = (effect.value() - threshold) / effect.standardError();
        double tail = StudentT.twoSidedTail(distance, effect.degreesOfFreedom()) / 2;
        return distance > 0 ? 1 - tail : tail;
    }
}
