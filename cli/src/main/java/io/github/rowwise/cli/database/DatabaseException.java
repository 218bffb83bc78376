package io.github.rowwise.cli.database;

import java.sql.SQLException;

/** A statement that DuckDB rejected; the message is DuckDB's own, of several lines. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseException(SQLException cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }

    /** DuckDB's native library could not be loaded; it is unpacked among the temporary files first. */
    DatabaseException(LinkageError cause) {
        super("DuckDB cannot be loaded: " + innermost(cause), cause);
    }

    private static Throwable innermost(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : innermost(cause);
    }

    /**
     * Returns the first line of the message, without DuckDB's name for the kind of error.
     *
     * @return one line
     */
    public String firstLine() {
        String line = String.valueOf(getMessage()).lines().findFirst().orElse("unknown error");
        return line.replaceFirst("^[A-Z][A-Za-z ]* Error: ", "");
    }

    /**
     * Tells whether the disk was full.
     *
     * @return whether it was
     */
    public boolean isDiskFull() {
        String message = String.valueOf(getMessage());
        return message.contains("No space left on device") || message.contains("failed to offload data block");
    }
}
