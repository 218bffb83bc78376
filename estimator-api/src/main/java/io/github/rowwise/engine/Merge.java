package io.github.rowwise.engine;

import java.io.Serializable;
import java.util.function.BinaryOperator;

/**
 * Adds a later sum to an earlier one, and may change the earlier one in place. Stateless, and goes from process to process
 * with the sums.
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
 * @param <S> a sum, which Java can serialise
 */
@FunctionalInterface
public interface Merge<S> extends BinaryOperator<S>, Serializable {}
