package io.github.rowwise.linalg;

/**
 * No backend could be chosen; the message names every candidate with its reason, and what to add.
 *
 * <pre class="example">{@code
 * try {
 *     Backends.named("abacus");
 * } catch (BackendUnavailableException e) {
 *     System.err.println(e.getMessage()); // every backend there is, with its reason
 * }
 * }</pre>
 */
public final class BackendUnavailableException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was asked for, each candidate and its reason, and the remedy
     */
    public BackendUnavailableException(String message) {
        super(message);
    }
}
