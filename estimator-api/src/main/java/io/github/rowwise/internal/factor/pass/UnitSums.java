package io.github.rowwise.internal.factor.pass;

import io.github.rowwise.internal.factor.kernel.CacheLines;
import io.github.rowwise.internal.factor.kernel.CellBits;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.kernel.SubsetSums;
import io.github.rowwise.internal.factor.kernel.Vectors;
import io.github.rowwise.internal.factor.model.ArmMoments;
import io.github.rowwise.internal.factor.model.PanelCounts;
import io.github.rowwise.internal.factor.model.PeriodMoments;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sums of the periods' moments over the cells of each unit of a batch: over all cells, and over those in each
 * treatment.
 *
 * <p>The noise e_j of a unit has autocorrelation rho. Its precision matrix follows from the innovations:
 *
 * <pre>
 * cell j - 1 observed     e_j - rho e_(j-1)   has variance  s2 / u_j
 * cell j - 1 missing      e_j                 has variance  s2 / (u_j (1 - rho^2))
 *
 * precision = (A0 + rho^2 A1 - rho A2) / s2
 *   A0   diagonal: u_j
 *   A1   diagonal: u_(j+1) if cell j + 1 is observed, minus u_j if cell j - 1 is missing
 *   A2   u_j between the neighbours j - 1 and j
 * </pre>
 *
 * <p>Here u_j is the noise precision of the period and s2 the innovation variance of the unit. Each sum is stored in
 * parts for A0, A1 and A2, as described at {@link Dimensions#row}.
 */
public final class UnitSums {

    private final Dimensions size;
    private final boolean correlated;
    private final PanelCounts panel;

    /** For units of the full layout; {@code null} as long as there were none. */
    private @Nullable SubsetSums subsets;

    private final int width;

    /** By unit: sums over all observed cells. */
    private final double[][] all;

    /** One row per unit and treatment: sums over the cells in the treatment, aligned on cache lines. */
    private final double[] treated;

    /** By unit: sums over neighbouring cells in two treatments, one row per ordered pair (current, previous). */
    private final double[][] between;

    public UnitSums(Dimensions size, PanelCounts panel, int capacity) {
        int treatments = size.treatments();
        this.size = size;
        this.correlated = panel.correlated();
        this.width = size.row(correlated);
        this.panel = panel;
        this.all = new double[capacity][size.symmetric(correlated)];
        this.treated = CacheLines.doubles(capacity * treatments * width, panel.isLarge());
        this.between = new double[correlated ? capacity : 0][treatments * treatments * size.orderedPairs()];
    }

    /** Computes the sums of the first units. */
    public void compute(PeriodMoments periodMoments, UnitCells units, int count) {
        Arrays.fill(treated, treated(0, 1), treated(count, 1), 0);
        if (units.isSparse()) {
            addSparse(periodMoments, units, count);
        } else {
            addFull(periodMoments, units, count);
        }
        for (int unit = 0; unit < count && correlated; unit++) {
            // Adds the transposed sums, so that the row of (lower, higher) treatment covers both orders.
            for (int arm = 1; arm < size.arms(); arm++) {
                for (int later = arm + 1; later < size.arms(); later++) {
                    addTransposed(between[unit], between(arm, later), between(later, arm));
                }
            }
        }
    }

    /** Adds the cells of units of the sparse layout, one after another. */
    private void addSparse(PeriodMoments periodMoments, UnitCells units, int count) {
        for (int unit = 0; unit < count; unit++) {
            CellBits bits = units.bits(unit);
            int[] periods = units.periods(unit);
            Arrays.fill(all[unit], 0);
            if (correlated) {
                Arrays.fill(between[unit], 0);
            }
            for (int word = 0; word < bits.seen.length; word++) {
                addSparse(periodMoments, bits, word, periods, unit);
                if (correlated) {
                    subtractEdges(periodMoments, bits, word, units.arms(unit), periods, unit);
                    addBetween(periodMoments, bits, word, periods, between[unit]);
                }
            }
        }
    }

    private void addSparse(PeriodMoments periodMoments, CellBits bits, int word, int[] periods, int unit) {
        double[] rows = periodMoments.rows();
        double[] target = all[unit];
        int pairs = size.pairs();
        int cell = size.cellStart(correlated);
        int near = size.nearStart();
        for (int remaining = bits.seen[word]; remaining != 0; remaining &= remaining - 1) {
            int bit = remaining & -remaining;
            int from = periods[word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining)] * width;
            Vectors.add(target, cell, rows, from + cell, pairs);
            if (!correlated) {
                continue;
            }
            if ((bits.starts[word] & bit) == 0) {
                Vectors.add(target, 0, rows, from, pairs);
            } else {
                Vectors.subtract(target, near, rows, from + cell, pairs);
            }
            if ((bits.ends[word] & bit) == 0) {
                Vectors.add(target, near, rows, from + near, pairs);
            }
        }
        for (int arm = 1; arm < size.arms(); arm++) {
            int at = treated(unit, arm);
            for (int remaining = bits.of(arm, word); remaining != 0; remaining &= remaining - 1) {
                int from = periods[word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining)] * width;
                Vectors.add(treated, at + cell, rows, from + cell, width - cell);
            }
            for (int remaining = correlated ? bits.of(arm, arm, word) : 0; remaining != 0; remaining &= remaining - 1) {
                int from = periods[word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining)] * width;
                Vectors.add(treated, at, rows, from, cell);
            }
        }
    }

    /** Adds the cells of units of the full layout: 32 periods for all units, then the next 32. */
    private void addFull(PeriodMoments periodMoments, UnitCells units, int count) {
        for (int unit = 0; unit < count; unit++) {
            if (units.bits(unit).isMostlySeen()) {
                System.arraycopy(periodMoments.total(), 0, all[unit], 0, periodMoments.total().length);
            } else {
                Arrays.fill(all[unit], 0);
            }
            if (correlated) {
                Arrays.fill(between[unit], 0);
            }
        }
        SubsetSums sums = subsets();
        for (int word = 0; word * CellBits.WORD < periodMoments.periods(); word++) {
            int first = word * CellBits.WORD;
            sums.set(
                    periodMoments.rows(),
                    first * width,
                    width,
                    Math.min(CellBits.WORD, periodMoments.periods() - first));
            for (int unit = 0; unit < count; unit++) {
                CellBits bits = units.bits(unit);
                addTreated(sums, bits, word, unit);
                addAll(periodMoments, bits, word, all[unit]);
                if (correlated) {
                    subtractEdges(periodMoments, bits, word, units.arms(unit), units.periods(unit), unit);
                    addBetween(periodMoments, bits, word, units.periods(unit), between[unit]);
                }
            }
        }
    }

    private SubsetSums subsets() {
        SubsetSums made = subsets;
        if (made == null) {
            made = new SubsetSums(width, panel.isLarge());
            subsets = made;
        }
        return made;
    }

    private void addTreated(SubsetSums sums, CellBits bits, int word, int unit) {
        int cell = size.cellStart(correlated);
        for (int arm = 1; arm < size.arms(); arm++) {
            int members = bits.of(arm, word);
            if (members != 0) {
                int at = treated(unit, arm);
                sums.add(members, cell, treated, at + cell, width - cell);
                if (correlated) {
                    sums.add(bits.of(arm, arm, word), 0, treated, at, cell);
                }
            }
        }
    }

    /**
     * Adds the observed cells. For a unit that is mostly observed, subtracts the missing cells from the sum over all
     * periods instead.
     */
    private void addAll(PeriodMoments periodMoments, CellBits bits, int word, double[] target) {
        boolean seen = bits.isMostlySeen();
        int firstMissing = correlated ? bits.gaps(word) : 0;
        for (int remaining = seen ? bits.missing(word) & ~firstMissing : bits.seen[word] | firstMissing;
                remaining != 0;
                remaining &= remaining - 1) {
            int row = (word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining)) * target.length;
            Vectors.addScaled(target, 0, periodMoments.laterMissingCells(), row, seen ? -1 : 1, target.length);
        }
        for (int remaining = firstMissing; remaining != 0; remaining &= remaining - 1) {
            int row = (word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining)) * target.length;
            Vectors.subtract(target, 0, periodMoments.missingCells(), row, target.length);
        }
    }

    /** Subtracts the terms of a treated cell with a neighbour that is missing. */
    private void subtractEdges(
            PeriodMoments periodMoments, CellBits bits, int word, byte[] arms, int[] periods, int unit) {
        int edge = PeriodMoments.edgeLength(size);
        int near = size.nearStart();
        for (int remaining = bits.starts[word] & ~bits.of(0, word); remaining != 0; remaining &= remaining - 1) {
            int j = word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining);
            Vectors.subtract(treated, treated(unit, arms[j]) + near, periodMoments.leading(), periods[j] * edge, edge);
        }
        for (int remaining = bits.ends[word] & ~bits.of(0, word); remaining != 0; remaining &= remaining - 1) {
            int j = word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining);
            // Nothing was added for a cell after the last period.
            if (periods[j] + 1 < periodMoments.periods()) {
                int next = (periods[j] + 1) * edge;
                Vectors.subtract(treated, treated(unit, arms[j]) + near, periodMoments.lagged(), next, edge);
            }
        }
    }

    private void addBetween(PeriodMoments periodMoments, CellBits bits, int word, int[] periods, double[] target) {
        int ordered = size.orderedPairs();
        int edge = PeriodMoments.edgeLength(size);
        for (int now = 1; now < size.arms(); now++) {
            for (int before = 1; before < size.arms(); before++) {
                for (int remaining = now == before ? 0 : bits.of(now, before, word);
                        remaining != 0;
                        remaining &= remaining - 1) {
                    int j = periods[word * CellBits.WORD + Integer.numberOfTrailingZeros(remaining)];
                    Vectors.add(target, between(now, before), periodMoments.lagged(), j * edge + size.pairs(), ordered);
                }
            }
        }
    }

    private void addTransposed(double[] target, int to, int from) {
        int wide = size.extended();
        for (int a = 0; a < wide; a++) {
            for (int c = 0; c < wide; c++) {
                target[to + a * wide + c] += target[from + c * wide + a];
            }
        }
    }

    /** Returns the index of a unit's sums over its cells in a treatment. */
    private int treated(int unit, int arm) {
        return CacheLines.FIRST + (unit * size.treatments() + arm - 1) * width;
    }

    private int between(int first, int second) {
        return ((first - 1) * size.treatments() + second - 1) * size.orderedPairs();
    }

    /**
     * Sets {@code target} to the expected sums of squared fits, by part of the noise precision.
     *
     * @param moments moments of the unit's coefficients
     * @param target three numbers; without correlation, only the first is set
     */
    public void fits(int unit, ArmMoments moments, double[] target) {
        int[] starts = {size.cellStart(correlated), size.nearStart(), 0};
        for (int part = 0; part < (correlated ? 3 : 1); part++) {
            target[part] = moments.innerProduct(all[unit], starts[part], moments.levels, 0);
        }
        for (int arm = 1; arm < size.arms(); arm++) {
            int at = treated(unit, arm);
            int pair = (arm - 1) * size.pairs();
            target[0] += moments.innerProduct(treated, at + starts[0], moments.excess, pair);
            if (correlated) {
                target[1] += moments.innerProduct(treated, at + starts[1], moments.excess, pair);
                target[2] += moments.innerProduct(treated, at, moments.effects, pair)
                        + 2 * crossed(treated, at + size.crossStart(), moments.crossed, arm - 1);
                for (int later = arm + 1; later < size.arms(); later++) {
                    int both = (arm - 1) * size.treatments() + later - 1;
                    target[2] += 2 * crossed(between[unit], both * size.orderedPairs(), moments.between, both);
                }
            }
        }
    }

    private double crossed(double[] sums, int at, double[] moments, int index) {
        int ordered = size.orderedPairs();
        double sum = 0;
        for (int k = 0; k < ordered; k++) {
            sum += sums[at + k] * moments[index * ordered + k];
        }
        return sum;
    }

    /**
     * Sets {@code target} to the precision matrix of the coefficients (b, d_1, ..., d_K) given the cells, multiplied by
     * the innovation variance. Sets {@code linear} to the terms of the right-hand side that depend on nu.
     */
    void assemble(int unit, double correlation, double[] target, double[] linear) {
        int p = size.coefficients();
        int levels = size.levels();
        int e = size.effects();
        double square = correlation * correlation;
        int pair = 0;
        for (int a = 0; a < levels; a++) {
            for (int c = a; c < levels; c++) {
                double sum = weighted(all[unit], 0, pair++, square, -correlation);
                target[a * p + c] = sum;
                target[c * p + a] = sum;
            }
            linear[a] = -weighted(all[unit], 0, pair++, square, -correlation);
        }
        for (int arm = 1; arm < size.arms(); arm++) {
            int first = size.firstEffect(arm);
            int at = treated(unit, arm);
            for (int a = 0; a <= levels; a++) {
                for (int c = 0; c < e; c++) {
                    int unordered = size.pair(Math.min(a, c), Math.max(a, c));
                    double sum = weighted(treated, at, unordered, square, 0);
                    double cross =
                            correlated ? -correlation * treated[at + size.crossStart() + a * size.extended() + c] : 0;
                    if (a == levels) {
                        linear[first + c] = -(sum + cross);
                        continue;
                    }
                    target[a * p + first + c] = sum + cross;
                    target[(first + c) * p + a] = sum + cross;
                    if (a < e) {
                        double same = correlated ? -correlation * treated[at + unordered] : 0;
                        target[(first + a) * p + first + c] = sum + same;
                    }
                }
            }
            for (int later = arm + 1; later < size.arms(); later++) {
                int second = size.firstEffect(later);
                for (int a = 0; a < e; a++) {
                    for (int c = 0; c < e; c++) {
                        double sum = correlated
                                ? -correlation * between[unit][between(arm, later) + a * size.extended() + c]
                                : 0;
                        target[(first + a) * p + second + c] = sum;
                        target[(second + c) * p + first + a] = sum;
                    }
                }
            }
        }
    }

    /** Returns the sum of an unordered pair over cells, weighted with the autocorrelation. */
    private double weighted(double[] sums, int at, int pair, double square, double same) {
        double sum = sums[at + size.cellStart(correlated) + pair];
        return correlated ? sum + square * sums[at + size.nearStart() + pair] + same * sums[at + pair] : sum;
    }
}
