package io.github.rowwise.internal.factor;

/**
 * What a few units add to the sums for the periods: the moments of their coefficients in each arm, over the innovation
 * variance and weighted with the correlation. Each cell adds its unit's row for its arm to its period's row. One thread's.
 */
final class UnitRows {

    private final Dimensions size;
    private final boolean correlated;
    private final int most;
    private final CellGroups groups;
    private final double[] factors;

    /** By arm and then by unit. */
    private final double[] precision;

    private final double[] same;
    private final double[] means;

    /** By ordered pair of arms and then by unit. */
    private final double[] cross;

    /** By unit: what each cell's outcome and its neighbours' weigh. */
    private final double[][] linear;

    /** By unit: the share of its row that an end of a stretch lacks. */
    private final double[] endShare;

    UnitRows(Dimensions size, boolean correlated, int most, int periods) {
        int arms = size.arms();
        this.size = size;
        this.correlated = correlated;
        this.most = most;
        this.groups = new CellGroups(arms, most);
        this.factors = new double[most];
        this.precision = new double[arms * most * size.pairs()];
        this.same = new double[correlated ? precision.length : 0];
        this.means = new double[arms * most * size.vector()];
        this.cross = new double[correlated ? arms * arms * most * size.orderedPairs() : 0];
        this.linear = new double[most][periods];
        this.endShare = new double[most];
    }

    /** Sets a unit's rows. */
    void set(int unit, ArmMoments moments, UnitCells cells, double noise, double correlation) {
        double square = correlation * correlation;
        int pairs = size.pairs();
        int vector = size.vector();
        int ordered = size.orderedPairs();
        endShare[unit] = square / (1 + square);
        for (int arm = 0; arm < size.arms(); arm++) {
            int row = arm * most + unit;
            scale(moments.same, arm * pairs, (1 + square) / noise, precision, row * pairs, pairs);
            System.arraycopy(moments.means, arm * vector, means, row * vector, vector);
            if (correlated) {
                scale(moments.same, arm * pairs, correlation / noise, same, row * pairs, pairs);
                for (int other = 0; other < size.arms(); other++) {
                    int two = arm * size.arms() + other;
                    if (other != arm) {
                        int target = (two * most + unit) * ordered;
                        scale(moments.cross, two * ordered, correlation / noise, cross, target, ordered);
                    }
                }
            }
        }
        setLinear(unit, cells, noise, correlation);
    }

    private void setLinear(int unit, UnitCells cells, double noise, double correlation) {
        double square = correlation * correlation;
        double[] y = cells.outcomes(unit);
        double[] target = linear[unit];
        if (!correlated) {
            scale(y, 0, 1 / noise, target, 0, y.length);
            return;
        }
        byte[] arms = cells.arms(unit);
        double[] beside = cells.beside(unit);
        for (int j = 0; j < target.length; j++) {
            double weight = 1 + square - square * UnitCells.ends(arms, j);
            target[j] = (weight * y[j] - correlation * beside[j]) / noise;
        }
    }

    /** Adds the share of the units that were set to the sums of all periods. */
    void addTo(PeriodSums sums, UnitCells cells, int units) {
        for (int j = 0; j < sums.periods(); j++) {
            groups.clear();
            for (int unit = 0; unit < units; unit++) {
                byte[] arms = cells.arms(unit);
                groups.put(arms[j], j == 0 ? -1 : arms[j - 1]);
            }
            groups.sort();
            addCells(sums, j);
            if (correlated) {
                addPairs(sums, j);
                addEnds(sums, j, cells, units);
            }
        }
    }

    private void addCells(PeriodSums sums, int j) {
        int pairs = size.pairs();
        int vector = size.vector();
        int count = groups.from(size.arms());
        for (int k = 0; k < count; k++) {
            factors[k] = linear[groups.members[k]][j];
        }
        for (int arm = 0; arm < size.arms(); arm++) {
            int from = groups.from(arm);
            int to = groups.from(arm + 1);
            int base = arm * most;
            Rows.add(sums.precision, j * pairs, precision, base * pairs, groups.members, from, to, pairs);
            Rows.addScaled(sums.linear, j * vector, means, base * vector, groups.members, factors, from, to, vector);
        }
    }

    private void addPairs(PeriodSums sums, int j) {
        int pairs = size.pairs();
        int ordered = size.orderedPairs();
        for (int now = 0; now < size.arms(); now++) {
            for (int before = 0; before < size.arms(); before++) {
                int from = groups.from(now, before);
                int to = groups.to(now, before);
                if (now == before) {
                    Rows.add(sums.same, j * pairs, same, now * most * pairs, groups.members, from, to, pairs);
                } else {
                    int base = (now * size.arms() + before) * most * ordered;
                    Rows.add(sums.cross, j * ordered, cross, base, groups.members, from, to, ordered);
                }
            }
        }
    }

    private void addEnds(PeriodSums sums, int j, UnitCells cells, int units) {
        int pairs = size.pairs();
        for (int unit = 0; unit < units; unit++) {
            byte[] arms = cells.arms(unit);
            int ends = arms[j] < 0 ? 0 : UnitCells.ends(arms, j);
            if (ends > 0) {
                int row = (arms[j] * most + unit) * pairs;
                Rows.addScaled(sums.precision, j * pairs, precision, row, -ends * endShare[unit], pairs);
            }
        }
    }

    private static void scale(double[] source, int from, double factor, double[] target, int to, int length) {
        for (int k = 0; k < length; k++) {
            target[to + k] = source[from + k] * factor;
        }
    }
}
