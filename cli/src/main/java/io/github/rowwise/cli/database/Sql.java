package io.github.rowwise.cli.database;

/** Quotes texts and names for SQL statements. */
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
     * Quotes a name, for example that of a column.
     *
     * @param name any name without NUL
     * @return the name, with its quotes
     */
    public static String name(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
