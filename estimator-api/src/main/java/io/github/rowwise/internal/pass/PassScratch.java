package io.github.rowwise.internal.pass;

/** Scratch memory of one thread during a pass. It is closed when the pass ends. */
public interface PassScratch extends AutoCloseable {

    @Override
    default void close() {
        // Nothing to release: most implementations have heap memory only.
    }
}
