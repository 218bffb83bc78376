package io.github.rowwise.internal.factor.model;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a fit keeps what it goes on from after an interruption. How it is kept is not the core's. */
public interface CheckpointStore {

    /** Keeps nothing. */
    CheckpointStore NONE = new CheckpointStore() {
        @Override
        public <T> @Nullable T load(Function<CheckpointCodec, T> reader) {
            return null;
        }

        @Override
        public void resumed(int iterations) {}

        @Override
        public void save(Consumer<CheckpointCodec> writer) {}
    };

    /**
     * Reads the last checkpoint.
     *
     * @return what the reader returns, {@code null} where there is no checkpoint
     */
    <T> @Nullable T load(Function<CheckpointCodec, T> reader);

    /** Hears that the fit goes on from the checkpoint, and after how many iterations. */
    void resumed(int iterations);

    /** Replaces the last checkpoint, once the new one is whole. The writer writes the arrays as they are: none is copied. */
    void save(Consumer<CheckpointCodec> writer);
}
