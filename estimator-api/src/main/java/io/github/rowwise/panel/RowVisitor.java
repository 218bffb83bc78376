package io.github.rowwise.panel;

/**
 * Receives the cells of one unit after the other from {@link Panel#forEachRow}.
 *
 * <pre class="example">{@code
 * double[] sum = {0};
 * panel.forEachRow((unit, rowOutcomes, rowArms) -> {
 *     for (int period = 0; period < rowArms.length; period++) {
 *         sum[0] += rowArms[period] > 0 ? rowOutcomes[period] : 0;
 *     }
 * });
 * }</pre>
 */
@FunctionalInterface
public interface RowVisitor {

    /**
     * Visits a unit.
     *
     * @param unit index of the unit
     * @param outcomes one per period, NaN where missing; the same array at each call
     * @param arms one per period, 0 for control, -1 where missing; the same array at each call
     */
    void visit(int unit, double[] outcomes, byte[] arms);
}
