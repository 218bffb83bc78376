package io.github.rowwise.engine;

import java.io.Serializable;
import java.util.function.BinaryOperator;

/**
 * Adds a later sum to an earlier one, and may change the earlier one in place. Stateless, and goes from process to process
 * with the sums.
 *
 * @param <S> a sum, which Java can serialise
 */
@FunctionalInterface
public interface Merge<S> extends BinaryOperator<S>, Serializable {}
