package io.github.rowwise;

import io.github.rowwise.exception.RowwiseException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if a checkpoint cannot be written, or cannot be resumed from because it is corrupt or belongs to a different panel,
 *  * configuration or version. The message states the reason and what to do. The file is not modified.
 *  *
 * <pre class="example">{@code
 * try {
 *     FactorModelEstimator.withDefaults().withCheckpoint(path).fit(panel);
 * } catch (CheckpointException e) {
 *     System.err.println(e.getMessage()); // file, reason and remedy
 * }
 * }</pre>
 */
public final class CheckpointException extends RowwiseException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the file, what is wrong with it, and the remedy
     * @param cause exception of the file system, or {@code null}
     */
    public CheckpointException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
