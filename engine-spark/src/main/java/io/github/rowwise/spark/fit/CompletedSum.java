package io.github.rowwise.spark.fit;

import io.github.rowwise.spark.panel.JavaSerialization;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * A completed reduction.
 *
 * @param label the program's label
 * @param total the serialised total
 */
record CompletedSum(String label, Broadcast<byte[]> total) implements Serializable {

    /** Returns the total, a new object at each call. */
    Object read() {
        return JavaSerialization.read(total.value());
    }
}
