package io.github.rowwise.spark.fit;

import org.jspecify.annotations.Nullable;

/** Carries what the program threw in a part from the task to the driver, which throws the cause itself. */
final class ShardFailureException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ShardFailureException(@Nullable String place, @Nullable RuntimeException cause) {
        super(place, cause, true, false);
    }

    /** The cause, which names the place beside its own words. */
    RuntimeException unwrapped() {
        if (!(getCause() instanceof RuntimeException cause)) {
            return this;
        }
        cause.addSuppressed(new ShardFailureException(getMessage(), null));
        return cause;
    }
}
