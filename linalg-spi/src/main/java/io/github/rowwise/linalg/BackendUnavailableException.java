package io.github.rowwise.linalg;

import io.github.rowwise.exception.RowwiseException;

/**
 * Thrown if no linear-algebra backend can be selected. The message lists the backends that were found and what to add.
 *
 * <pre class="example">{@code
 * try {
 *     Backends.named("abacus");
 * } catch (BackendUnavailableException e) {
 *     System.err.println(e.getMessage()); // lists every backend with the reason why it is unusable
 * }
 * }</pre>
 */
public final class BackendUnavailableException extends RowwiseException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was asked for, which backends were found, and the remedy
     */
    public BackendUnavailableException(String message) {
        super(message);
    }
}
