package io.github.rowwise.panel;

/**
 * The data do not make a panel; the message names the unit, the period, the bound and what to do.
 *
 * <pre class="example">{@code
 * try {
 *     Panel.builder().addAll(observations).build();
 * } catch (InvalidPanelException e) {
 *     System.err.println(e.getMessage()); // unit, period, what is wrong, what to do
 * }
 * }</pre>
 */
public final class InvalidPanelException extends IllegalArgumentException {

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
