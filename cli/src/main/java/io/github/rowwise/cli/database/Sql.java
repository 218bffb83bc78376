package io.github.rowwise.cli.database;

import java.nio.file.Path;

/** Quotes texts, names and files for SQL statements. */
public final class Sql {

    private Sql() {}

    /**
     * Quotes a text.
     *
     * @param text any text without NUL
     * @return the literal, with its quotes
     */
    public static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /**
     * Quotes a file for DuckDB's functions that read files. They take a name for a pattern, so that {@code sales[1].csv}
     * would read {@code sales1.csv}. Here a special character is a class of one character and stands for itself.
     * {@code ATTACH} and {@code COPY ... TO} know no patterns; they take {@link #text}.
     *
     * @param file the file
     * @return the literal, with its quotes
     */
    public static String pattern(Path file) {
        return text(file.toAbsolutePath().toString().replaceAll("[\\[*?]", "[$0]"));
    }

    /**
     * Quotes a name, for example that of a column.
     *
     * @param name any name without NUL
     * @return the name, with its quotes
     */
    public static String name(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
