package io.github.rowwise.internal.factor.model;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stores the checkpoints of a fit. The storage format is outside the core. */
public interface CheckpointStore {

    /** Stores nothing. */
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
     * @return the result of the reader; {@code null} if there is no checkpoint
     */
    <T> @Nullable T load(Function<CheckpointCodec, T> reader);

    /**
     * Called when the fit resumes from the checkpoint.
     *
     * @param iterations number of completed iterations
     */
    void resumed(int iterations);

    /** Replaces the last checkpoint atomically. The writer passes its arrays without copying them. */
    void save(Consumer<CheckpointCodec> writer);
}
