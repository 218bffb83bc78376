package io.github.rowwise.cli.input;

/** Something the user can put right: one line saying what is wrong, where, and what to do. */
public final class UserInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the rejection.
     *
     * @param message one line
     */
    public UserInputException(String message) {
        super(message);
    }

    /**
     * Makes the rejection with what led to it.
     *
     * @param message one line
     * @param cause shown only where the user asks for it
     */
    public UserInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
