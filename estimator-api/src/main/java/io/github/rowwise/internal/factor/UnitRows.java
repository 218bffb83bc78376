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

    /** By arm, arm of the cell before, and unit: the stretch of a period's row that such a cell adds to. */
    private final double[] rows;

    private final int stride;

    /** By arm and then by unit. */
    private final double[] means;

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
        this.stride = correlated ? size.pairs() + Math.max(size.pairs(), size.orderedPairs()) : size.pairs();
        this.rows = new double[arms * (correlated ? arms : 1) * most * stride];
        this.means = new double[arms * most * size.vector()];
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
        double own = (1 + square) / noise;
        double beside = correlation / noise;
        for (int arm = 0; arm < size.arms(); arm++) {
            System.arraycopy(moments.means, arm * vector, means, (arm * most + unit) * vector, vector);
            for (int before = 0; before < (correlated ? size.arms() : 1); before++) {
                int at = row(arm, correlated ? before : arm) + unit * stride;
                if (!correlated) {
                    scale(moments.same, arm * pairs, own, rows, at, pairs);
                } else if (before == arm) {
                    scale(moments.same, arm * pairs, beside, rows, at, pairs);
                    scale(moments.same, arm * pairs, own, rows, at + pairs, pairs);
                } else {
                    scale(moments.same, arm * pairs, own, rows, at, pairs);
                    int two = (arm * size.arms() + before) * ordered;
                    scale(moments.cross, two, beside, rows, at + pairs, ordered);
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
                groups.put(arms[j], j == 0 || !correlated ? -1 : arms[j - 1]);
            }
            groups.sort();
            addRows(sums, j);
            addLinear(sums, j);
            if (correlated) {
                addEnds(sums, j, cells, units);
            }
        }
    }

    /** Where the rows of units in an arm after another begin; those of an arm after itself are for a cell alone too. */
    private int row(int arm, int before) {
        return (correlated ? arm * size.arms() + before : arm) * most * stride;
    }

    private void addRows(PeriodSums sums, int j) {
        for (int now = 0; now < size.arms(); now++) {
            for (int before = -1; before < size.arms(); before++) {
                int from = groups.from(now, before);
                int to = groups.to(now, before);
                if (from < to) {
                    int at = j * size.row(correlated) + CellGroups.start(size, correlated, now, before);
                    int base = before < 0 ? row(now, now) + size.cellStart(correlated) : row(now, before);
                    int width = CellGroups.width(size, correlated, now, before);
                    Rows.add(sums.rows, at, rows, base, stride, groups.members, from, to, width);
                }
            }
        }
    }

    private void addLinear(PeriodSums sums, int j) {
        int vector = size.vector();
        int count = groups.from(size.arms());
        for (int k = 0; k < count; k++) {
            factors[k] = linear[groups.members[k]][j];
        }
        for (int arm = 0; arm < size.arms(); arm++) {
            int base = arm * most * vector;
            int from = groups.from(arm);
            int to = groups.from(arm + 1);
            Rows.addScaled(sums.linear, j * vector, means, base, groups.members, factors, from, to, vector);
        }
    }

    private void addEnds(PeriodSums sums, int j, UnitCells cells, int units) {
        int pairs = size.pairs();
        for (int unit = 0; unit < units; unit++) {
            byte[] arms = cells.arms(unit);
            int ends = arms[j] < 0 ? 0 : UnitCells.ends(arms, j);
            if (ends > 0) {
                int at = j * size.row(true) + size.cellStart(true);
                int row = row(arms[j], arms[j]) + unit * stride + pairs;
                Rows.addScaled(sums.rows, at, rows, row, -ends * endShare[unit], pairs);
            }
        }
    }

    private static void scale(double[] source, int from, double factor, double[] target, int to, int length) {
        for (int k = 0; k < length; k++) {
            target[to + k] = source[from + k] * factor;
        }
    }
}
