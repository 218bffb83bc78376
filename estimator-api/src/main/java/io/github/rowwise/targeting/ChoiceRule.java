package io.github.rowwise.targeting;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How candidates are ordered and chosen, given their gains.
 *
 * @param costs by candidate
 * @param worth of a unit of the outcome
 */
record ChoiceRule(double[] costs, double worth, Budget budget) {

    /** What the gain of a candidate is worth, less its cost. */
    double value(int candidate, double gain) {
        return worth * gain - costs[candidate];
    }

    /** What candidates are ordered by. */
    double score(int candidate, double gain) {
        return value(candidate, gain) / divisor(candidate);
    }

    /** Derivative of the score with respect to the gain, without its sign. */
    double perGain(int candidate) {
        return Math.abs(worth) / divisor(candidate);
    }

    private double divisor(int candidate) {
        return budget.isAmount() ? costs[candidate] : 1;
    }

    /** Returns the candidates in their order; of equal ones the first comes first. */
    int[] order(double[] gains) {
        return IntStream.range(0, gains.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -score(k, gains[k])))
                .mapToInt(k -> k)
                .toArray();
    }

    /** Chooses in the order, and leaves out what does not fit into the rest of the budget. Parallel to the order. */
    boolean[] choose(int[] order, double[] gains) {
        boolean[] chosen = new boolean[order.length];
        int left = budget.mostUnits(order.length);
        double money = budget.mostCosts();
        for (int k = 0; k < order.length && left > 0; k++) {
            int one = order[k];
            chosen[k] = value(one, gains[one]) > 0 && costs[one] <= money;
            left -= chosen[k] ? 1 : 0;
            money -= chosen[k] ? costs[one] : 0;
        }
        return chosen;
    }
}
