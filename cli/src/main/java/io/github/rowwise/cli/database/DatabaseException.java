package io.github.rowwise.cli.database;

import java.sql.SQLException;

/** A statement that DuckDB refused; the message is DuckDB's own, of several lines. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DatabaseException(SQLException cause) {
        super(String.valueOf(cause.getMessage()), cause);
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
        return String.valueOf(getMessage()).contains("No space left on device");
    }
}
