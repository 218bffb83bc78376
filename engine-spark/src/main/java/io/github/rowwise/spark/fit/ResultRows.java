package io.github.rowwise.spark.fit;

import java.io.Serializable;
import java.util.Iterator;

/**
 * Takes the rows of a part's units out of the program's result.
 *
 * @param <R> the result
 * @param <T> a row, of a class that every serialiser of Spark takes; Kryo takes no records
 */
@FunctionalInterface
public interface ResultRows<R, T> extends Serializable {
    Iterator<T> of(R result);
}
