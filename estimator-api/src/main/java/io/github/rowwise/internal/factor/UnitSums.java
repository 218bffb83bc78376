package io.github.rowwise.internal.factor;

import java.util.Arrays;

/**
 * One unit's sums over its cells of the periods' moments and of outcomes, by arm.
 *
 * <p>The noise e_j of a unit with correlation rho has the innovation {@code e_j - rho e_(j-1)} of variance {@code s2 / u_j}
 * where the cell before is there; where it is not, e_j itself has {@code s2 / (u_j (1 - rho^2))}. So the precision of its
 * noise is {@code (A0 + rho^2 A1 - rho A2) / s2}: A0 has u_j on the diagonal; A1 has there what a cell is to the next one,
 * u_(j+1), less u_j at the start of a stretch without gaps; A2 has u_j between neighbours. Every sum comes in these parts,
 * the last by the arms of both cells.
 */
final class UnitSums {

    private final Dimensions size;
    private final boolean correlated;
    private final CellGroups groups;
    private final double[] factors;
    private final double[] group;
    private final double[] cells;
    private final double[] near;
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
        this.near = new double[correlated ? cells.length : 0];
        this.same = new double[near.length];
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
        for (int part = 0; part < outcomes.length; part++) {
            addOutcomes(table, unit.weighted(part, row), outcomes[part]);
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
        Arrays.fill(near, 0);
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
        if (!correlated) {
            return;
        }
        if (before < 0) {
            Rows.addScaled(near, now * pairs, group, start, -1, pairs);
            return;
        }
        Rows.addScaled(near, before * pairs, group, size.pastStart(), 1, pairs);
        if (now == before) {
            System.arraycopy(group, 0, same, now * pairs, pairs);
        } else {
            System.arraycopy(group, size.crossStart(), cross, crossed(now, before), size.orderedPairs());
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
            weighted[k] = cells[k] + square * near[k] - correlation * same[k];
        }
        for (int k = 0; k < weightedCross.length; k++) {
            weightedCross[k] = -correlation * cross[k];
        }
        for (int k = 0; k < weightedOutcomes.length; k++) {
            weightedOutcomes[k] = outcomes[0][k] + square * outcomes[1][k] - correlation * outcomes[2][k];
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
        for (int part = 0; part < outcomes.length; part++) {
            target[part] = squares[part] - 2 * Small.inner(outcomes[part], unit.means);
        }
        target[0] += unit.inner(cells);
        if (correlated) {
            target[1] += unit.inner(near);
            target[2] += unit.inner(same) + unit.innerCross(cross);
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
}
