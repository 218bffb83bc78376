package io.github.rowwise.internal.pass;

/** What one thread needs for itself during a pass; closed when the pass ends. */
public interface PassScratch extends AutoCloseable {

    @Override
    default void close() {
        // Heap memory only, unless an implementation says otherwise.
    }
}
