package io.github.rowwise;

/** The data do not make a panel; the message names the unit, the period, the bound and what to do. */
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
