package io.github.rowwise.internal.factor;

import java.util.Arrays;

/**
 * One unit's sums over its cells of the periods' moments and of outcomes, by arm.
 *
 * <p>With innovation variance s2 and correlation rho, the precision of a stretch of AR(1) noise is
 * {@code ((1 - rho^2) I + rho^2 C - rho A) / s2}, with C the number of a cell's observed neighbours on the diagonal and A
 * a one between neighbours. So every sum comes in three parts: over cells; over cells times their neighbours, which is
 * twice the former less the few ends of stretches; and over pairs of neighbours, by the arms of both.
 */
final class UnitSums {

    private final Dimensions size;
    private final boolean correlated;
    private final CellGroups groups;
    private final double[] factors;
    private final double[] group;
    private final double[] cells;
    private final double[] ends;
    private final double[] same;
    private final double[] cross;
    private final double[][] outcomes;

    /** Over an arm's cells, weighted with the unit's correlation: set by {@link #combine}. */
    final double[] weighted;

    /** The same over the pairs of neighbours in two arms, the lesser first. */
    final double[] weightedCross;

    final double[] weightedOutcomes;

    UnitSums(Dimensions size, boolean correlated, int periods) {
        int arms = size.arms();
        this.size = size;
        this.correlated = correlated;
        this.groups = new CellGroups(arms, periods);
        this.factors = new double[periods];
        this.group = new double[size.row(correlated)];
        this.cells = new double[arms * size.pairs()];
        this.ends = new double[correlated ? cells.length : 0];
        this.same = new double[ends.length];
        this.cross = new double[correlated ? arms * arms * size.orderedPairs() : 0];
        this.outcomes = new double[correlated ? 3 : 1][arms * size.vector()];
        this.weighted = new double[cells.length];
        this.weightedCross = new double[cross.length];
        this.weightedOutcomes = new double[arms * size.vector()];
    }

    int parts() {
        return outcomes.length;
    }

    void compute(PeriodTable table, UnitCells unit, int row) {
        byte[] arms = unit.arms(row);
        groups.clear();
        for (int j = 0; j < arms.length; j++) {
            groups.put(arms[j], j == 0 || !correlated ? -1 : arms[j - 1]);
        }
        groups.sort();
        addMoments(table);
        addOutcomes(table, unit.outcomes(row), outcomes[0]);
        if (correlated) {
            addOutcomes(table, unit.beside(row), outcomes[2]);
            addEnds(table, arms, unit.outcomes(row));
        }
    }

    private void addOutcomes(PeriodTable table, double[] values, double[] target) {
        Arrays.fill(target, 0);
        for (int k = 0; k < groups.from(size.arms()); k++) {
            factors[k] = values[groups.members[k]];
        }
        for (int arm = 0; arm < size.arms(); arm++) {
            Rows.addScaled(
                    target,
                    arm * size.vector(),
                    table.extended(),
                    0,
                    groups.members,
                    factors,
                    groups.from(arm),
                    groups.from(arm + 1),
                    size.vector());
        }
    }

    private void addMoments(PeriodTable table) {
        Arrays.fill(cells, 0);
        Arrays.fill(same, 0);
        Arrays.fill(cross, 0);
        for (int now = 0; now < size.arms(); now++) {
            for (int before = -1; before < size.arms(); before++) {
                int from = groups.from(now, before);
                int to = groups.to(now, before);
                if (from < to) {
                    addGroup(table, now, before, from, to);
                }
            }
        }
        if (correlated) {
            fold();
        }
    }

    private void addGroup(PeriodTable table, int now, int before, int from, int to) {
        int row = size.row(correlated);
        int start = CellGroups.start(size, correlated, now, before);
        int width = CellGroups.width(size, correlated, now, before);
        Arrays.fill(group, start, start + width, 0);
        Rows.add(group, start, table.rows(), start, row, groups.members, from, to, width);
        int pairs = size.pairs();
        Rows.addScaled(cells, now * pairs, group, size.cellStart(correlated), 1, pairs);
        if (correlated && now == before) {
            System.arraycopy(group, 0, same, now * pairs, pairs);
        } else if (correlated && before >= 0) {
            int ordered = size.orderedPairs();
            System.arraycopy(group, size.crossStart(true), cross, crossed(now, before), ordered);
        }
    }

    /** Adds what has the greater arm now and the lesser before, transposed, to what has them the other way round. */
    private void fold() {
        int wide = size.extended();
        for (int first = 0; first < size.arms(); first++) {
            for (int second = first + 1; second < size.arms(); second++) {
                int to = crossed(first, second);
                int from = crossed(second, first);
                for (int a = 0; a < wide; a++) {
                    for (int c = 0; c < wide; c++) {
                        cross[to + a * wide + c] += cross[from + c * wide + a];
                    }
                }
            }
        }
    }

    private void addEnds(PeriodTable table, byte[] arms, double[] y) {
        Arrays.fill(ends, 0);
        Arrays.fill(outcomes[1], 0);
        for (int j = 0; j < arms.length; j++) {
            int count = arms[j] < 0 ? 0 : UnitCells.ends(arms, j);
            if (count > 0) {
                int row = j * size.row(true) + size.cellStart(true);
                Rows.addScaled(ends, arms[j] * size.pairs(), table.rows(), row, count, size.pairs());
                Rows.addScaled(
                        outcomes[1],
                        arms[j] * size.vector(),
                        table.extended(),
                        j * size.vector(),
                        count * y[j],
                        size.vector());
            }
        }
    }

    /** Where the matrix of two arms begins among those of all ordered pairs of arms. */
    private int crossed(int first, int second) {
        return (first * size.arms() + second) * size.orderedPairs();
    }

    /** Weights the parts with a correlation: the precision of the noise, times the innovation variance. */
    void combine(double correlation) {
        if (!correlated) {
            System.arraycopy(cells, 0, weighted, 0, cells.length);
            System.arraycopy(outcomes[0], 0, weightedOutcomes, 0, weightedOutcomes.length);
            return;
        }
        double square = correlation * correlation;
        for (int k = 0; k < weighted.length; k++) {
            weighted[k] = (1 + square) * cells[k] - square * ends[k] - correlation * same[k];
        }
        for (int k = 0; k < weightedCross.length; k++) {
            weightedCross[k] = -correlation * cross[k];
        }
        for (int k = 0; k < weightedOutcomes.length; k++) {
            weightedOutcomes[k] =
                    (1 + square) * outcomes[0][k] - square * outcomes[1][k] - correlation * outcomes[2][k];
        }
    }

    /** The sum over cells of the products with some moments of the unit, times {@link #combine}'s weights. */
    double weightedForm(ArmMoments unit) {
        double sum = unit.inner(weighted);
        return correlated ? sum + unit.innerCross(weightedCross) : sum;
    }

    /**
     * The unit's expected squared residuals in the parts of the noise's precision.
     *
     * @param squares of the outcomes, in the same parts
     * @param unit moments of the unit's coefficients in each arm
     */
    void expectedResiduals(double[] squares, ArmMoments unit, double[] target) {
        double moments = unit.inner(cells);
        double products = Small.inner(outcomes[0], unit.means);
        target[0] = squares[0] - 2 * products + moments;
        if (correlated) {
            target[1] = squares[1]
                    - 2 * (2 * products - Small.inner(outcomes[1], unit.means))
                    + 2 * moments
                    - unit.inner(ends);
            target[2] =
                    squares[2] - 2 * Small.inner(outcomes[2], unit.means) + unit.inner(same) + unit.innerCross(cross);
        }
    }

    /** The weighted sum over an arm's cells as a square matrix. */
    void square(int arm, double[] target) {
        int wide = size.extended();
        int pair = arm * size.pairs();
        for (int a = 0; a < wide; a++) {
            for (int c = a; c < wide; c++) {
                target[a * wide + c] = weighted[pair];
                target[c * wide + a] = weighted[pair];
                pair++;
            }
        }
    }

    /** Adds the weighted sum over the pairs of neighbours in two arms, the first's entries in rows. */
    void addCrossed(int arm, int other, double[] target) {
        int wide = size.extended();
        int at = crossed(Math.min(arm, other), Math.max(arm, other));
        for (int a = 0; a < wide && correlated; a++) {
            for (int c = 0; c < wide; c++) {
                target[a * wide + c] += weightedCross[at + (arm < other ? a * wide + c : c * wide + a)];
            }
        }
    }

    /** Copies the beginning of a row of that sum alone. */
    void copyCrossed(int arm, int other, int row, double[] target, int to, int length) {
        int wide = size.extended();
        int at = crossed(Math.min(arm, other), Math.max(arm, other));
        for (int c = 0; c < length; c++) {
            target[to + c] = correlated ? weightedCross[at + (arm < other ? row * wide + c : c * wide + row)] : 0;
        }
    }

    /** The weighted sum of outcomes times an entry of the extended vectors over an arm's cells. */
    double outcome(int arm, int entry) {
        return weightedOutcomes[arm * size.vector() + entry];
    }

    /** The sum of a pair of the periods' moments over an arm's cells. */
    double sum(int arm, int a, int c) {
        return cells[arm * size.pairs() + size.pair(Math.min(a, c), Math.max(a, c))];
    }
}
