package io.github.rowwise.panel;

import io.github.rowwise.exception.RowwiseException;

/**
 * Thrown if the data do not form a valid panel. The message states the unit, the period, the bound and what to do.
 *
 * <pre class="example">{@code
 * try {
 *     Panel.builder().addAll(observations).build();
 * } catch (InvalidPanelException e) {
 *     System.err.println(e.getMessage()); // unit, period, problem and remedy
 * }
 * }</pre>
 */
public final class InvalidPanelException extends RowwiseException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what is wrong, where, and what to do
     */
    public InvalidPanelException(String message) {
        super(message);
    }
}
