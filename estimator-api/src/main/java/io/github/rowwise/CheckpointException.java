package io.github.rowwise;

import org.jspecify.annotations.Nullable;

/**
 * A checkpoint cannot be written, or cannot be gone on from: it is damaged, no checkpoint at all, or of another panel, other
 * options or another program. The message says which, and what to do. The file is left as it was.
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
