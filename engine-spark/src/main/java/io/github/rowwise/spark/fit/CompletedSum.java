package io.github.rowwise.spark.fit;

import io.github.rowwise.spark.panel.JavaSerialization;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * A sum that has been added up.
 *
 * @param label what the program calls it
 * @param total its bytes
 */
record CompletedSum(String label, Broadcast<byte[]> total) implements Serializable {

    /** A copy of its own at each call. */
    Object read() {
        return JavaSerialization.read(total.value());
    }
}
