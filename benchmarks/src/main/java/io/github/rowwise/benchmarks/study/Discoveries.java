package io.github.rowwise.benchmarks.study;

import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import io.github.rowwise.simulation.SimulatedPanel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Discoveries of a method at a false discovery rate of 0.1, summed over draws.
 *
 * @param draws number of draws
 * @param falseRateNone false discovery proportion if no unit has an effect; it is 1 in a draw with any discovery
 * @param falseRateHalf false discovery proportion if every second unit has an effect
 * @param found share of the units with an effect that are discovered
 */
record Discoveries(int draws, double falseRateNone, double falseRateHalf, double found) {

    private static final double BOUND = 0.1;

    /** Returns the discoveries of each estimator in one draw. */
    static Map<String, Discoveries> of(Panel none, SimulatedPanel simulated, int threads) {
        Panel half = halved(simulated);
        Map<String, Discoveries> result = new LinkedHashMap<>();
        Methods.estimators(threads).forEach((name, fit) -> {
            int[] noneCounts = counts(fit.apply(none));
            int[] halfCounts = counts(fit.apply(half));
            result.put(
                    name,
                    new Discoveries(
                            1,
                            noneCounts[0] + noneCounts[1] > 0 ? 1 : 0,
                            halfCounts[0] / Math.max(1.0, halfCounts[0] + halfCounts[1]),
                            halfCounts[1] / (double) halfCounts[2]));
        });
        return result;
    }

    static Map<String, Discoveries> sum(List<Map<String, Discoveries>> draws) {
        Map<String, Discoveries> sums = new LinkedHashMap<>();
        draws.forEach(draw -> draw.forEach((name, one) -> sums.merge(
                name,
                one,
                (a, b) -> new Discoveries(
                        a.draws + b.draws,
                        a.falseRateNone + b.falseRateNone,
                        a.falseRateHalf + b.falseRateHalf,
                        a.found + b.found))));
        return sums;
    }

    String row() {
        return String.format(
                Locale.ROOT, "%.2f | %.2f | %.2f |", falseRateNone / draws, falseRateHalf / draws, found / draws);
    }

    /** Returns the panel with the effects of units 0, 2, 4, ... subtracted. */
    static Panel halved(SimulatedPanel simulated) {
        Panel panel = simulated.panel();
        LowRankMatrix effects = simulated.effects();
        PanelCells cells = Panel.cells(panel.unitNames(), panel.periodNames(), panel.armNames());
        for (int unit = 0; unit < panel.units(); unit++) {
            for (int period = 0; period < panel.periods(); period++) {
                if (panel.isObserved(unit, period)) {
                    int arm = panel.arm(unit, period);
                    double effect = unit % 2 == 0 && arm == 1 ? effects.get(unit, period) : 0;
                    cells.set(unit, period, arm, panel.outcome(unit, period) - effect);
                }
            }
        }
        return cells.build();
    }

    /** Returns the numbers of discoveries among even units, discoveries among odd units, and odd units with a q-value. */
    private static int[] counts(UnitEffects effects) {
        int[] counts = new int[3];
        double[] q = effects.qValues();
        for (int unit = 0; unit < q.length; unit++) {
            counts[unit % 2] += q[unit] < BOUND ? 1 : 0;
            counts[2] += unit % 2 == 1 && !Double.isNaN(q[unit]) ? 1 : 0;
        }
        return counts;
    }
}
