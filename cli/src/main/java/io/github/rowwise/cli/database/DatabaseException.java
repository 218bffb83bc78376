package io.github.rowwise.cli.database;

import java.io.IOException;
import java.sql.SQLException;

/** Thrown if DuckDB rejects a statement or its result is wrong. DuckDB's own message may have several lines. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseException(SQLException cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }

    /**
     * Creates the exception for data that DuckDB accepts although they are wrong.
     *
     * @param message one line
     */
    public DatabaseException(String message) {
        super(message);
    }

    /** Creates the exception for a temporary folder that cannot be made. */
    DatabaseException(IOException cause) {
        super("no temporary folder can be made: " + cause.getMessage(), cause);
    }

    /** Creates the exception for a native library that cannot be loaded. */
    DatabaseException(LinkageError cause) {
        super("DuckDB cannot be loaded: " + innermost(cause), cause);
    }

    private static Throwable innermost(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : innermost(cause);
    }

    /**
     * Returns the first line of the message, without DuckDB's name of the type of error.
     *
     * @return one line
     */
    public String firstLine() {
        String line = String.valueOf(getMessage()).lines().findFirst().orElse("unknown error");
        return line.replaceFirst("^[A-Z][A-Za-z ]* Error: ", "");
    }

    /**
     * Returns whether the statement reads a file, or loads an extension, that {@link Database#readOnly} excludes.
     *
     * @return whether the message says so
     */
    public boolean isAnotherFile() {
        String message = String.valueOf(getMessage());
        return message.contains("disabled by configuration");
    }

    /**
     * Returns whether the disk was full.
     *
     * @return whether the message says so
     */
    public boolean isDiskFull() {
        String message = String.valueOf(getMessage());
        return message.contains("No space left on device") || message.contains("failed to offload data block");
    }
}
