package io.github.rowwise.internal.factor.model;

import org.jspecify.annotations.Nullable;

/**
 * The numbers of a checkpoint, in their order. Each method takes what is there now and returns what is there from then on:
 * the same while a checkpoint is written; what was written, while it is read. So one piece of code does both, and cannot
 * read in another order than it wrote.
 */
public interface CheckpointCodec {

    boolean flag(boolean now);

    int count(int now);

    double number(double now);

    /** Any length; while a checkpoint is read the argument counts for nothing and the array is new. */
    double[] numbers(double[] now);

    default double @Nullable [] numbersIfAny(double @Nullable [] now) {
        return flag(now != null) ? numbers(now == null ? new double[0] : now) : null;
    }

    /** As many arrays as there are now. */
    default void eachOf(double[][] now) {
        for (int k = 0; k < now.length; k++) {
            now[k] = numbers(now[k]);
        }
    }
}
