package io.github.rowwise.cli.input;

/** Thrown for an error that the user can correct. The message is one line: what is wrong, where, and what to do. */
public final class UserInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message one line
     */
    public UserInputException(String message) {
        super(message);
    }

    /**
     * Creates the exception with a cause.
     *
     * @param message one line
     * @param cause printed only with {@code --verbose}
     */
    public UserInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
