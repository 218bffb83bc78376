package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.SubsetSums;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.ArmMoments;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.PeriodMoments;
import java.util.Arrays;

/**
 * The contributions of a batch of units to {@link PeriodSums}. Scratch memory of one thread.
 *
 * <p>The moments of a unit's coefficients, divided by its innovation variance and weighted with its autocorrelation,
 * form a row with the parts of {@link Dimensions#row}. Each cell adds its unit's row to the row of its period.
 */
final class UnitMoments {

    /** Number of units whose linear parts are added together. */
    private static final int UNITS_PER_STEP = 4;

    private final Dimensions size;
    private final boolean correlated;
    private final int width;

    /** By unit: the moments of its levels, which belong to each period. */
    private final double[][] levels;

    /** By treatment: one row per unit, the additional moments under the treatment. */
    private final double[][] treated;

    /** By unit: products of the effects of two treatments, for neighbours in both. */
    private final double[][] between;

    /** By unit: the means of (b, 1, d_1, ..., d_K). */
    private final double[][] means;

    /** By treatment, for each group of 32 units. */
    private final SubsetSums[][] subsets;

    private final int[] members = new int[CellBits.WORD];
    private final int[] pairs = new int[CellBits.WORD];

    /** By unit: the weights of its means in each cell's innovation, and in the next cell's. */
    private final double[][] linear;

    private final double[][] linearPrevious;
    private final double[][] factors = new double[UNITS_PER_STEP][];
    private final double[][] selected;

    /** Unit of each vector of a step. */
    private final int[] units = new int[UNITS_PER_STEP];

    /** By unit, then by onset coefficient: minus its covariances with (b, 1, d_1, ..., d_K). */
    private final double[][][] onsetMeans;

    /** By unit: covariances of the onset coefficients. */
    private final double[][] onsetCovariances;

    private final double[] onset;
    private final double[] partner;
    private final double[] partnerInnovations;

    /**
     * Creates memory for the units of a batch.
     *
     * @param slots slots per unit, see {@link UnitCells}
     */
    UnitMoments(Dimensions size, PanelCounts panel, int capacity, int slots) {
        int treatments = size.treatments();
        this.size = size;
        this.correlated = panel.correlated();
        this.width = size.row(correlated);
        this.levels = new double[capacity][size.symmetric(correlated)];
        this.treated = new double[treatments][capacity * width];
        this.between =
                new double[correlated && treatments > 1 ? capacity : 0][treatments * treatments * size.orderedPairs()];
        int onsets = treatments * size.onsets();
        this.means = new double[capacity][size.onPeriods() + 1];
        this.onsetMeans = new double[onsets > 0 ? capacity : 0][onsets][size.onPeriods() + 1];
        this.onsetCovariances = new double[onsets > 0 ? capacity : 0][onsets * onsets];
        this.onset = new double[slots];
        this.partner = new double[slots];
        this.partnerInnovations = new double[slots];
        // Sparse units are added cell by cell.
        int tables = slots < panel.periods() ? 0 : (capacity + SubsetSums.ROWS - 1) / SubsetSums.ROWS;
        this.subsets = new SubsetSums[treatments][tables];
        for (SubsetSums[] groups : subsets) {
            Arrays.setAll(groups, group -> new SubsetSums(width, panel.isLarge()));
        }
        this.linear = new double[UNITS_PER_STEP][slots];
        this.linearPrevious = new double[UNITS_PER_STEP][slots];
        this.selected = new double[UNITS_PER_STEP][slots];
    }

    /** Sets the row of a unit. */
    void set(int unit, double[] mean, double[] covariance, ArmMoments moments, double noise, double correlation) {
        double currentWeight = 1 / noise;
        double previousWeight = correlation * correlation / noise;
        double crossWeight = correlation / noise;
        int pairs = size.pairs();
        int ordered = size.orderedPairs();
        int cell = size.cellStart(correlated);
        int levelCount = size.levels();
        System.arraycopy(mean, 0, means[unit], 0, levelCount);
        means[unit][levelCount] = 1;
        System.arraycopy(mean, levelCount, means[unit], levelCount + 1, size.onPeriods() - levelCount);
        if (size.onsets() > 0) {
            setOnsets(unit, covariance);
        }
        scale(moments.levels, 0, currentWeight, levels[unit], cell, pairs);
        for (int treatment = 0; treatment < size.treatments(); treatment++) {
            double[] rows = treated[treatment];
            int at = unit * width;
            scale(moments.excess, treatment * pairs, currentWeight, rows, at + cell, pairs);
            if (correlated) {
                scale(moments.effects, treatment * pairs, crossWeight, rows, at, pairs);
                scale(moments.excess, treatment * pairs, previousWeight, rows, at + size.nearStart(), pairs);
                scale(moments.crossed, treatment * ordered, crossWeight, rows, at + size.crossStart(), ordered);
            }
        }
        if (correlated) {
            scale(moments.levels, 0, crossWeight, levels[unit], 0, pairs);
            scale(moments.levels, 0, previousWeight, levels[unit], size.nearStart(), pairs);
            if (size.treatments() > 1) {
                scale(moments.between, 0, crossWeight, between[unit], 0, moments.between.length);
            }
        }
    }

    private void setOnsets(int unit, double[] covariance) {
        int p = size.coefficients();
        int first = size.onPeriods();
        int count = onsetMeans[unit].length;
        for (int i = 0; i < count; i++) {
            double[] row = onsetMeans[unit][i];
            for (int k = 0; k < first; k++) {
                row[k < size.levels() ? k : k + 1] = -covariance[(first + i) * p + k];
            }
            System.arraycopy(covariance, (first + i) * p + first, onsetCovariances[unit], i * count, count);
        }
    }

    private static void scale(double[] source, int from, double factor, double[] target, int to, int length) {
        for (int k = 0; k < length; k++) {
            target[to + k] = source[from + k] * factor;
        }
    }

    /**
     * Adds the contributions of the units to the sums of all periods.
     *
     * @param noise innovation variances of all units of the panel
     * @param correlation autocorrelations of all units of the panel
     */
    void addTo(PeriodSums sums, UnitBatch batch, int count, double[] noise, double[] correlation) {
        UnitCells cells = batch.cells;
        if (cells.isSparse()) {
            addSparseQuadratic(sums, cells, count);
        } else {
            addQuadratic(sums, cells, count);
        }
        for (int from = 0; from < count; from += UNITS_PER_STEP) {
            int used = Math.min(UNITS_PER_STEP, count - from);
            for (int k = 0; k < used; k++) {
                int unit = from + k;
                factors[k] = means[unit];
                this.units[k] = unit;
                double[] y = cells.outcomes(unit);
                int index = batch.index(unit);
                cells.innovations(unit, y, correlation[index], linear[k]);
                addSquares(sums, k, cells, y, linear[k], noise[index]);
                scaleLinear(k, cells.bits(unit), noise[index], correlation[index]);
            }
            addLinear(sums, cells, used);
        }
        if (size.onsets() > 0) {
            addOnsets(sums, batch, count, noise, correlation);
        }
    }

    /** Adds the terms that come from the uncertainty of the onset coefficients. */
    private void addOnsets(PeriodSums sums, UnitBatch batch, int count, double[] noise, double[] correlation) {
        UnitCells cells = batch.cells;
        int used = 0;
        for (int unit = 0; unit < count; unit++) {
            int onsets = onsetMeans[unit].length;
            for (int i = 0; i < onsets; i++) {
                int arm = 1 + i / size.onsets();
                if (!cells.isIn(unit, arm)) {
                    continue;
                }
                factors[used] = onsetMeans[unit][i];
                units[used] = unit;
                double rho = correlation[batch.index(unit)];
                double innovationVariance = noise[batch.index(unit)];
                Arrays.fill(partner, 0);
                for (int k = 0; k < onsets; k++) {
                    cells.onset(unit, 1 + k / size.onsets(), k % size.onsets(), onset);
                    Vectors.addScaled(partner, 0, onset, 0, onsetCovariances[unit][i * onsets + k], onset.length);
                }
                cells.innovations(unit, partner, rho, partnerInnovations);
                cells.onset(unit, arm, i % size.onsets(), onset);
                cells.innovations(unit, onset, rho, linear[used]);
                addSquares(sums, used, cells, partner, partnerInnovations, innovationVariance);
                scaleLinear(used, cells.bits(unit), innovationVariance, rho);
                if (++used == UNITS_PER_STEP) {
                    addLinear(sums, cells, used);
                    used = 0;
                }
            }
        }
        if (used > 0) {
            addLinear(sums, cells, used);
        }
    }

    /** Processes 32 periods for all units, then the next 32, so that the rows stay in the cache. */
    void addQuadratic(PeriodSums sums, UnitCells units, int count) {
        int groups = (count + SubsetSums.ROWS - 1) / SubsetSums.ROWS;
        for (int treatment = 0; treatment < size.treatments(); treatment++) {
            for (int group = 0; group < groups; group++) {
                int from = group * SubsetSums.ROWS;
                int rows = Math.min(SubsetSums.ROWS, count - from);
                subsets[treatment][group].set(treated[treatment], from * width, width, rows);
            }
        }
        for (int unit = 0; unit < count; unit++) {
            if (units.bits(unit).isMostlySeen()) {
                Vectors.add(sums.allPeriods, levels[unit]);
            }
        }
        for (int word = 0; word < CellBits.words(sums.periods()); word++) {
            for (int treatment = 0; treatment < size.treatments(); treatment++) {
                for (int group = 0; group < groups; group++) {
                    addTreated(sums, units, treatment, group, count, word);
                }
            }
            for (int unit = 0; unit < count; unit++) {
                CellBits bits = units.bits(unit);
                addLevels(sums, bits, word, levels[unit]);
                if (correlated) {
                    subtractEdges(sums, bits, word, units.arms(unit), units.periods(unit), unit);
                }
                if (correlated && size.treatments() > 1) {
                    addBetween(sums, bits, word, units.periods(unit), between[unit]);
                }
            }
        }
    }

    /** Adds units of the sparse layout cell by cell. */
    private void addSparseQuadratic(PeriodSums sums, UnitCells units, int count) {
        for (int unit = 0; unit < count; unit++) {
            CellBits bits = units.bits(unit);
            int[] periods = units.periods(unit);
            for (int word = 0; word < bits.seen.length; word++) {
                addSparse(sums, bits, word, units.arms(unit), periods, unit);
                if (correlated) {
                    subtractEdges(sums, bits, word, units.arms(unit), periods, unit);
                }
                if (correlated && size.treatments() > 1) {
                    addBetween(sums, bits, word, periods, between[unit]);
                }
            }
        }
    }

    private void addSparse(PeriodSums sums, CellBits bits, int word, byte[] arms, int[] periods, int unit) {
        int cell = size.cellStart(correlated);
        for (int remaining = bits.seen[word]; remaining != 0; remaining &= remaining - 1) {
            int slot = word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining);
            int at = periods[slot] * width;
            int arm = arms[slot];
            Vectors.add(sums.rows, at, levels[unit], 0, levels[unit].length);
            if (arm > 0) {
                Vectors.add(sums.rows, at + cell, treated[arm - 1], unit * width + cell, width - cell);
                if (correlated && slot > 0 && arms[slot - 1] == arm) {
                    Vectors.add(sums.rows, at, treated[arm - 1], unit * width, cell);
                }
            }
        }
    }

    /**
     * Adds a unit's levels to its periods. For a unit that is mostly observed, they have been added to all periods and
     * are subtracted where it is missing.
     */
    private void addLevels(PeriodSums sums, CellBits bits, int word, double[] row) {
        boolean seen = bits.isMostlySeen();
        for (int remaining = seen ? bits.missing(word) : bits.seen[word]; remaining != 0; remaining &= remaining - 1) {
            int j = word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining);
            Vectors.addScaled(sums.rows, j * width, row, 0, seen ? -1 : 1, row.length);
        }
    }

    /** Subtracts the terms of a cell with a neighbour that is missing. */
    private void subtractEdges(PeriodSums sums, CellBits bits, int word, byte[] arms, int[] periods, int unit) {
        double[] row = levels[unit];
        int pairs = size.pairs();
        int near = size.nearStart();
        int edge = PeriodMoments.edgeLength(size);
        int treatedStart = unit * width + near;
        for (int remaining = bits.starts[word]; remaining != 0; remaining &= remaining - 1) {
            int slot = word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining);
            int j = periods[slot];
            Vectors.subtract(sums.rows, j * width, row, 0, pairs);
            Vectors.subtract(sums.rows, j * width + size.cellStart(true), row, near, pairs);
            if (arms[slot] > 0) {
                Vectors.subtract(sums.leading, j * edge, treated[arms[slot] - 1], treatedStart, edge);
            }
        }
        for (int remaining = bits.ends[word]; remaining != 0; remaining &= remaining - 1) {
            int slot = word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining);
            int j = periods[slot];
            Vectors.subtract(sums.rows, j * width + near, row, near, pairs);
            if (arms[slot] > 0 && j + 1 < sums.periods()) {
                Vectors.subtract(sums.lagged, (j + 1) * edge, treated[arms[slot] - 1], treatedStart, edge);
            }
        }
    }

    private void addBetween(PeriodSums sums, CellBits bits, int word, int[] periods, double[] rows) {
        int ordered = size.orderedPairs();
        int edge = PeriodMoments.edgeLength(size);
        for (int now = 1; now < size.arms(); now++) {
            for (int before = 1; before < size.arms(); before++) {
                int at = ((now - 1) * size.treatments() + before - 1) * ordered;
                for (int remaining = now == before ? 0 : bits.of(now, before, word);
                        remaining != 0;
                        remaining &= remaining - 1) {
                    int j = periods[word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining)];
                    Vectors.add(sums.lagged, j * edge + size.pairs(), rows, at, ordered);
                }
            }
        }
    }

    private void addTreated(PeriodSums sums, UnitCells units, int treatment, int group, int count, int word) {
        int from = group * SubsetSums.ROWS;
        int arm = treatment + 1;
        Arrays.fill(members, 0);
        Arrays.fill(pairs, 0);
        for (int unit = from; unit < Math.min(count, from + SubsetSums.ROWS); unit++) {
            members[unit - from] = units.bits(unit).of(arm, word);
            pairs[unit - from] = correlated ? units.bits(unit).of(arm, arm, word) : 0;
        }
        CellBits.transpose(members);
        CellBits.transpose(pairs);
        int first = word * CellBits.WORD;
        int cell = size.cellStart(correlated);
        SubsetSums rows = subsets[treatment][group];
        for (int j = first; j < Math.min(sums.periods(), first + CellBits.WORD); j++) {
            rows.add(members[j - first], cell, sums.rows, j * width + cell, width - cell);
            rows.add(pairs[j - first], 0, sums.rows, j * width, cell);
        }
    }

    /**
     * Adds the products of the innovations of two series, divided by the noise variance. The first series has its innovations in
     * {@code linear[k]}.
     */
    private void addSquares(
            PeriodSums sums, int k, UnitCells cells, double[] values, double[] innovations, double noise) {
        double[] first = linear[k];
        double factor = 1 / noise;
        int[] periods = cells.periods(units[k]);
        if (cells.isSparse()) {
            for (int slot = 0; slot < first.length; slot++) {
                if (periods[slot] >= 0) {
                    sums.squares[periods[slot]] += first[slot] * innovations[slot] * factor;
                }
            }
        } else {
            for (int j = 0; j < first.length; j++) {
                sums.squares[j] += first[j] * innovations[j] * factor;
            }
        }
        int[] starts = cells.bits(units[k]).starts;
        for (int word = 0; word < starts.length; word++) {
            for (int remaining = starts[word]; remaining != 0; remaining &= remaining - 1) {
                int slot = word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining);
                sums.squares[periods[slot]] += first[slot] * (values[slot] - innovations[slot]) / noise;
            }
        }
    }

    /** Turns innovations into the weights of a unit's means in each cell, and in the next cell. */
    private void scaleLinear(int k, CellBits bits, double noise, double correlation) {
        double[] target = linear[k];
        scale(target, 0, 1 / noise, target, 0, target.length);
        if (correlated) {
            double[] previousWeight = linearPrevious[k];
            scale(target, 1, -correlation, previousWeight, 0, previousWeight.length - 1);
            for (int word = 0; word < bits.starts.length; word++) {
                for (int remaining = bits.starts[word]; remaining != 0; remaining &= remaining - 1) {
                    int j = word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining);
                    previousWeight[Math.max(0, j - 1)] = j > 0 ? 0 : previousWeight[0];
                }
            }
        }
    }

    /** Adds the means of the units of a step, weighted per cell. */
    private void addLinear(PeriodSums sums, UnitCells cells, int used) {
        for (int k = used; k < UNITS_PER_STEP; k++) {
            factors[k] = factors[0];
            units[k] = units[0];
            Arrays.fill(linear[k], 0);
            Arrays.fill(linearPrevious[k], 0);
        }
        addLinear(sums.linear, linear, cells);
        if (correlated) {
            addLinear(sums.linearPrevious, linearPrevious, cells);
        }
    }

    private void addLinear(double[][] target, double[][] weights, UnitCells cells) {
        if (cells.isSparse()) {
            for (int k = 0; k < UNITS_PER_STEP; k++) {
                addSparseLinear(target, weights[k], factors[k], cells.arms(units[k]), cells.periods(units[k]));
            }
            return;
        }
        Vectors.spread(weights, factors, 0, target, size.extended());
        for (int arm = 1; arm < size.arms(); arm++) {
            for (int k = 0; k < UNITS_PER_STEP; k++) {
                Vectors.select(weights[k], cells.bits(units[k]).of(arm), selected[k]);
            }
            Vectors.spread(selected, factors, size.firstEffect(arm) + 1, target, size.effects());
        }
    }

    private void addSparseLinear(double[][] target, double[] weights, double[] means, byte[] arms, int[] periods) {
        for (int slot = 0; slot < weights.length; slot++) {
            double weight = weights[slot];
            if (weight == 0 || periods[slot] < 0) {
                continue;
            }
            for (int k = 0; k < size.extended(); k++) {
                target[k][periods[slot]] += weight * means[k];
            }
            int effect = arms[slot] > 0 ? size.firstEffect(arms[slot]) + 1 : 0;
            for (int k = 0; arms[slot] > 0 && k < size.effects(); k++) {
                target[k][periods[slot]] += weight * means[effect + k];
            }
        }
    }
}
