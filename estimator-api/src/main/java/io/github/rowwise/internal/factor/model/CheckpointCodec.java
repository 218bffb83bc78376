package io.github.rowwise.internal.factor.model;

import org.jspecify.annotations.Nullable;

/**
 * Reads or writes the fields of a checkpoint in order.
 *
 * <p>Each method accepts the current value and returns the new value. A writer stores the current value and returns it.
 * A reader ignores it and returns the stored value. Therefore the same code reads and writes, and the two cannot
 * disagree about the order.
 */
public interface CheckpointCodec {

    boolean flag(boolean current);

    int count(int current);

    double number(double current);

    /** Exchanges an array of any length. A reader returns a new array. */
    double[] numbers(double[] current);

    default double @Nullable [] numbersIfAny(double @Nullable [] current) {
        return flag(current != null) ? numbers(current == null ? new double[0] : current) : null;
    }

    /** Exchanges each array in place. The number of arrays must be the same when reading. */
    default void eachOf(double[][] current) {
        for (int k = 0; k < current.length; k++) {
            current[k] = numbers(current[k]);
        }
    }
}
