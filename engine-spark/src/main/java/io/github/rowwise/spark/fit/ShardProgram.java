package io.github.rowwise.spark.fit;

import io.github.rowwise.engine.Engine;
import java.io.Serializable;

/**
 * What runs in every part of a panel, and on the driver over a part without units: the same sums in the same order.
 *
 * @param <R> its result
 */
public interface ShardProgram<R> extends Serializable {

    /** Runs to the end; an engine that calls the fit off throws out of it. */
    R run(ShardData part, Engine engine);

    /** Says what the numbers of this process depend on besides the data, such as versions: equal text, equal numbers. */
    String agreement();
}
