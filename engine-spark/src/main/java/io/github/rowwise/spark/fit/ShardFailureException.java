package io.github.rowwise.spark.fit;

import org.jspecify.annotations.Nullable;

/** Carries an exception of the program from a task to the driver, which throws the cause. */
final class ShardFailureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ShardFailureException(@Nullable String place, @Nullable RuntimeException cause) {
        super(place, cause, true, false);
    }

    /** Returns the cause, whose message also names the place. */
    RuntimeException unwrapped() {
        if (!(getCause() instanceof RuntimeException cause)) {
            return this;
        }
        cause.addSuppressed(new ShardFailureException(getMessage(), null));
        return cause;
    }
}
