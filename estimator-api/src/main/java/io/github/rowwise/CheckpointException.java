package io.github.rowwise;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a checkpoint cannot be written, or cannot be resumed from because it is corrupt or belongs to a different panel,
 * configuration or version. The message says which, and what to do. The file is left as it was.
 *
 * <pre class="example">{@code
 * try {
 *     FactorModelEstimator.withDefaults().withCheckpoint(path).fit(panel);
 * } catch (CheckpointException e) {
 *     System.err.println(e.getMessage()); // which file, why not, and what to do
 * }
 * }</pre>
 */
public final class CheckpointException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the file, what is wrong with it, and the remedy
     * @param cause what the file system said, or {@code null}
     */
    public CheckpointException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
