package io.github.rowwise.spark.fit;

import java.io.Serializable;
import java.util.Iterator;

/**
 * Takes the rows of a shard's units out of the program's result.
 *
 * @param <R> type of the result
 * @param <T> type of a row. Every serialiser of Spark must support it; Kryo does not support records
 */
@FunctionalInterface
public interface ResultRows<R, T> extends Serializable {
    Iterator<T> of(R result);
}
