package io.github.rowwise.exception;

import org.jspecify.annotations.Nullable;

/**
 * Superclass of the exceptions that report a condition outside of the caller's program: the data, the files or the
 * environment. Catch this type to handle all of them in one place.
 *
 * <p>The message states what is wrong, where, and what to do; it can be shown to a user. Invalid arguments are errors in
 * the calling program and are reported as {@link IllegalArgumentException}, not by this type.
 *
 * <pre class="example">{@code
 * try {
 *     System.out.println(Backends.named("abacus").version());
 * } catch (RowwiseException e) {
 *     System.err.println(e.getMessage());
 * }
 * }</pre>
 */
public abstract class RowwiseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what is wrong, where, and what to do
     */
    protected RowwiseException(String message) {
        super(message);
    }

    /**
     * Creates the exception with a cause.
     *
     * @param message what is wrong, where, and what to do
     * @param cause the underlying exception, or {@code null}
     */
    protected RowwiseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
