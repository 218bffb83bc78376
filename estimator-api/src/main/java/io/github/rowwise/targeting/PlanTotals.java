package io.github.rowwise.targeting;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.average.GainDraw;
import io.github.rowwise.internal.average.SelectionPass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Totals of the chosen units and along the order. */
final class PlanTotals {

    /** Largest number of points of the curve. */
    private static final int POINTS = 20;

    private final UnitEffects effects;
    private final int arm;
    private final ChoiceRule rule;
    private final List<TargetUnit> units;
    private final int points;
    private final Totals totals;

    /** By point of the curve and, last, for the chosen units, then by draw: what a choice promises too much. */
    private final double[][] errors;

    /**
     * Reads the panel once.
     *
     * @param rule with the costs of the candidates by rising index in the panel
     * @param units the candidates in their order
     */
    PlanTotals(
            UnitEffects effects,
            SelectionPass pass,
            int arm,
            ChoiceRule rule,
            List<TargetUnit> units,
            int threads,
            long seed) {
        this.effects = effects;
        this.arm = arm;
        this.rule = rule;
        this.units = units;
        this.points = Math.min(POINTS, units.size());
        int[] groupOf = new int[effects.panel().units()];
        Arrays.fill(groupOf, -1);
        for (int point = 0; point < points; point++) {
            for (int k = end(point); k < end(point + 1); k++) {
                TargetUnit unit = units.get(k);
                groupOf[unit.index()] = 2 * point + (unit.isChosen() ? 1 : 0);
            }
        }
        this.totals = new Totals(effects, pass, arm, 2 * points, groupOf, threads);
        this.errors = errors(totals.draws(seed));
    }

    /** Number of units up to a point of the curve. */
    private int end(int point) {
        return (int) ((long) point * units.size() / points);
    }

    /** Orders and chooses the candidates of each draw by the same rule. */
    private double[][] errors(List<GainDraw> draws) {
        int[] candidates = units.stream().mapToInt(TargetUnit::index).sorted().toArray();
        double[][] result = new double[points + 1][draws.size()];
        for (int draw = 0; draw < draws.size(); draw++) {
            double[] promised = draws.get(draw).promised();
            double[] actual = draws.get(draw).actual();
            // A unit without control cells is not drawn and has no error.
            double[] gains = IntStream.of(candidates)
                    .mapToDouble(unit -> Double.isNaN(promised[unit]) ? 0 : promised[unit])
                    .toArray();
            int[] order = rule.order(gains);
            boolean[] chosen = rule.choose(order, gains);
            double sum = 0;
            int point = 0;
            for (int k = 0; k < order.length; k++) {
                int unit = candidates[order[k]];
                double error = Double.isNaN(promised[unit]) ? 0 : promised[unit] - actual[unit];
                sum += error;
                result[points][draw] += chosen[k] ? error : 0;
                while (point < points && end(point + 1) == k + 1) {
                    result[point++][draw] = sum;
                }
            }
        }
        return result;
    }

    TargetPlan plan(int best, int unknown, Targeting.Candidates candidates, boolean hasCosts) {
        List<GainPoint> curve = new ArrayList<>();
        double cost = 0;
        for (int point = 1; point <= points; point++) {
            for (int k = end(point - 1); k < end(point); k++) {
                cost += units.get(k).cost();
            }
            int[] groups = IntStream.range(0, 2 * point).toArray();
            curve.add(new GainPoint(
                    end(point) / (double) units.size(), end(point), totals.total(groups, errors[point - 1]), cost));
        }
        int[] groups = units.stream().anyMatch(TargetUnit::isChosen)
                ? IntStream.range(0, points).map(point -> 2 * point + 1).toArray()
                : new int[0];
        Estimate total = groups.length == 0
                ? Estimate.unavailable("no unit is chosen, because none is expected to be worth its cost")
                : totals.total(groups, errors[points]);
        return new TargetPlan(
                effects, arm, rule, units, best, unknown, candidates, hasCosts, total, List.copyOf(curve));
    }
}
