package io.github.rowwise.internal.factor;

/**
 * What a few units add to the sums for the periods: the moments of their coefficients in each arm, over the innovation
 * variance and weighted with the correlation. Each cell adds its unit's row for its arm to its period's row. One thread's.
 */
final class UnitRows {

    private final Dimensions size;
    private final boolean correlated;
    private final int most;
    private final int periods;
    private final CellGroups groups;
    private final double[] factors;

    /** By arm, by arm of the cell before or none, and by unit: the stretch of a period's row that such a cell adds to. */
    private final double[] rows;

    private final int stride;

    /** By arm and then by unit. */
    private final double[] means;

    /** By unit: what each cell's means, and those of the cell before, weigh in its innovation. */
    private final double[][] linear;

    private final double[][] linearPast;

    /** By unit: what each cell's innovation squared has of outcomes alone. */
    private final double[][] squares;

    UnitRows(Dimensions size, boolean correlated, int most, int periods) {
        int arms = size.arms();
        this.size = size;
        this.correlated = correlated;
        this.most = most;
        this.periods = periods;
        this.groups = new CellGroups(arms, most);
        this.factors = new double[most];
        this.stride = correlated ? 2 * size.pairs() + Math.max(size.pairs(), size.orderedPairs()) : size.pairs();
        this.rows = new double[arms * (correlated ? arms + 1 : 1) * most * stride];
        this.means = new double[arms * most * size.vector()];
        this.linear = new double[most][periods];
        this.linearPast = new double[correlated ? most : 0][periods];
        this.squares = new double[most][periods];
    }

    /** Sets a unit's rows. */
    void set(int unit, ArmMoments moments, UnitCells cells, double noise, double correlation) {
        double own = 1 / noise;
        double past = correlation * correlation / noise;
        int pairs = size.pairs();
        int vector = size.vector();
        for (int arm = 0; arm < size.arms(); arm++) {
            System.arraycopy(moments.means, arm * vector, means, (arm * most + unit) * vector, vector);
            scale(moments.same, arm * pairs, own - past, rows, row(arm, -1) + unit * stride, pairs);
            for (int before = 0; before < size.arms() && correlated; before++) {
                int at = row(arm, before) + unit * stride;
                int two = at + 2 * pairs;
                if (before == arm) {
                    scale(moments.same, arm * pairs, correlation / noise, rows, at, pairs);
                    at += pairs;
                } else {
                    int ordered = size.orderedPairs();
                    int from = (arm * size.arms() + before) * ordered;
                    scale(moments.cross, from, correlation / noise, rows, two, ordered);
                }
                scale(moments.same, arm * pairs, own, rows, at, pairs);
                scale(moments.same, before * pairs, past, rows, at + pairs, pairs);
            }
        }
        setLinear(unit, cells, noise, correlation);
    }

    private void setLinear(int unit, UnitCells cells, double noise, double correlation) {
        double[] y = cells.outcomes(unit);
        byte[] arms = cells.arms(unit);
        for (int j = 0; j < y.length; j++) {
            if (correlated && UnitCells.follows(arms, j)) {
                double innovation = (y[j] - correlation * y[j - 1]) / noise;
                linear[unit][j] = innovation;
                linearPast[unit][j] = -correlation * innovation;
                squares[unit][j] = innovation * (y[j] - correlation * y[j - 1]);
            } else {
                linear[unit][j] = (1 - correlation * correlation) * y[j] / noise;
                squares[unit][j] = linear[unit][j] * y[j];
            }
        }
    }

    /** Adds the share of the units that were set to the sums of all periods. */
    void addTo(PeriodSums sums, UnitCells cells, int units) {
        for (int j = 0; j < periods; j++) {
            groups.clear();
            for (int unit = 0; unit < units; unit++) {
                byte[] arms = cells.arms(unit);
                groups.put(arms[j], j == 0 || !correlated ? -1 : arms[j - 1]);
                sums.squares[j] += squares[unit][j];
            }
            groups.sort();
            for (int now = 0; now < size.arms(); now++) {
                addMeans(sums.linear, j, linear, now, groups.from(now), groups.from(now + 1));
                for (int before = -1; before < size.arms(); before++) {
                    int from = groups.from(now, before);
                    int to = groups.to(now, before);
                    if (from < to) {
                        int at = j * size.row(correlated) + CellGroups.start(size, correlated, now, before);
                        int width = CellGroups.width(size, correlated, now, before);
                        Rows.add(sums.rows, at, rows, row(now, before), stride, groups.members, from, to, width);
                        if (before >= 0) {
                            addMeans(sums.linearPast, j, linearPast, before, from, to);
                        }
                    }
                }
            }
        }
    }

    /** Where the rows of units in an arm after another begin. */
    private int row(int arm, int before) {
        return (correlated ? arm * (size.arms() + 1) + before + 1 : arm) * most * stride;
    }

    /** Adds units' means in an arm. */
    private void addMeans(double[] target, int j, double[][] weights, int arm, int from, int to) {
        int vector = size.vector();
        for (int k = from; k < to; k++) {
            factors[k] = weights[groups.members[k]][j];
        }
        Rows.addScaled(target, j * vector, means, arm * most * vector, groups.members, factors, from, to, vector);
    }

    private static void scale(double[] source, int from, double factor, double[] target, int to, int length) {
        for (int k = 0; k < length; k++) {
            target[to + k] = source[from + k] * factor;
        }
    }
}
