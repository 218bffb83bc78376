package io.github.rowwise.diagnostics;

import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.Optional;

/**
 * How much of a low-rank matrix rests on single units and single periods.
 *
 * <p>Let {@code U diag(s) V'} be the singular value decomposition, of rank r, of an n x m matrix. The incoherence of its rows
 * is (n / r) max<sub>i</sub> ‖U<sub>i</sub>‖², and that of its columns is (m / r) max<sub>j</sub> ‖V<sub>j</sub>‖². It is 1 if
 * all rows, or columns, carry the same share, and n/r or m/r if a single one carries a direction by itself. The error bound of
 * the spectral method grows with it. A factor that one unit or one period carries by itself describes that unit or period
 * rather than something common. Source: Candes and Recht (2009), doi:10.1007/s10208-009-9045-5.
 *
 * <pre class="example">{@code
 * Incoherence.of(effects.outcomeMatrix(0), algebra)
 *         .ifPresent(found -> System.out.println(panel.unitNames().get(found.unit()) + " carries most"));
 * }</pre>
 *
 * @param rank number r of directions, those of unit and period means included
 * @param units incoherence of the rows, from 1 to n/r
 * @param unit index of the unit that attains it; -1 if another {@link io.github.rowwise.panel.PanelShard shard} holds that unit
 * @param unitLeverage that unit's ‖U<sub>i</sub>‖², from 0 to 1: 1 if it carries a direction by itself
 * @param periods incoherence of the columns, from 1 to m/r
 * @param period index of the period that attains it
 * @param periodLeverage that period's ‖V<sub>j</sub>‖², from 0 to 1
 */
public record Incoherence(
        int rank, double units, int unit, double unitLeverage, double periods, int period, double periodLeverage) {

    /** A unit or period with this leverage, and this many times its share, carries a direction by itself. */
    private static final double WHOLE_DIRECTION = 0.9;

    private static final double TIMES_ITS_SHARE = 5;

    /**
     * Computes the incoherence of a matrix, such as completed outcomes, from its factored form. This takes (n + m) k²
     * operations for k loadings per unit, and no pass over a panel.
     *
     * @param matrix any low-rank matrix that is all here; rows that were not estimated are excluded
     * @param algebra the backend
     * @return the incoherence; empty if no row was estimated or the matrix is zero
     */
    public static Optional<Incoherence> of(LowRankMatrix matrix, LinearAlgebra algebra) {
        ShardLeverages whole = new ShardLeverages(matrix, Integer::toString, algebra);
        return whole.join(whole.triangles()).map(directions -> directions.incoherence(directions.largestUnit()));
    }

    /**
     * Returns whether a single unit carries a direction by itself.
     *
     * @return true if the leverage of {@link #unit()} is 0.9 or more, and the incoherence of the rows 5 or more
     */
    public boolean isCarriedByUnit() {
        return unitLeverage >= WHOLE_DIRECTION && units >= TIMES_ITS_SHARE;
    }

    /**
     * Returns whether a single period carries a direction by itself.
     *
     * @return true if the leverage of {@link #period()} is 0.9 or more, and the incoherence of the columns 5 or more
     */
    public boolean isCarriedByPeriod() {
        return periodLeverage >= WHOLE_DIRECTION && periods >= TIMES_ITS_SHARE;
    }
}
