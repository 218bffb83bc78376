package io.github.rowwise.engine;

import java.io.Serializable;
import java.util.function.BinaryOperator;

/**
 * Adds a later sum to an earlier one. It may modify the earlier sum in place and return it. A merge is stateless and is
 * serialised together with the sums.
 *
 * <pre class="example">{@code
 * Merge<double[]> add = (sum, more) -> {
 *     for (int k = 0; k < sum.length; k++) {
 *         sum[k] += more[k];
 *     }
 *     return sum;
 * };
 * double[] total = add.apply(new double[] {1, 2}, new double[] {3, 4});
 * }</pre>
 *
 * @param <S> type of the sum, which must be serialisable
 */
@FunctionalInterface
public interface Merge<S> extends BinaryOperator<S>, Serializable {}
