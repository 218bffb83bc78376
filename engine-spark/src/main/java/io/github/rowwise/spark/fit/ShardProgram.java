package io.github.rowwise.spark.fit;

import io.github.rowwise.engine.Engine;
import java.io.Serializable;

/**
 * A program that runs on every shard of a panel, and on the driver with a shard without units. All run the same reductions in
 * the same order.
 *
 * @param <R> type of its result
 */
public interface ShardProgram<R> extends Serializable {

    /** Runs the program. An engine that cancels the fit throws an exception out of it. */
    R run(ShardData part, Engine engine);

    /** Returns what the numbers of this process depend on besides the data, such as versions. Equal texts mean equal numbers. */
    String agreement();
}
