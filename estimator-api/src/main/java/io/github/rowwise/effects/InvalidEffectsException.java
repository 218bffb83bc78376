package io.github.rowwise.effects;

import io.github.rowwise.exception.RowwiseException;

/**
 * Thrown if a file holds no result that can be read: it is something else, damaged, cut short, or of another version. The
 * message says which, and what to do.
 *
 * <pre class="example">{@code
 * try {
 *     UnitEffects saved = UnitEffects.load(path);
 * } catch (InvalidEffectsException e) {
 *     System.err.println(e.getMessage()); // which file, why not, and what to do
 * }
 * }</pre>
 */
public final class InvalidEffectsException extends RowwiseException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the file, what is wrong with it, and the remedy
     */
    public InvalidEffectsException(String message) {
        super(message);
    }
}
