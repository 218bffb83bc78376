package io.github.rowwise.cli.database;

/** Texts and names, written so that a statement takes them as they are. */
public final class Sql {

    private Sql() {}

    /**
     * Writes a text as a literal.
     *
     * @param text any text without a NUL
     * @return the literal, quotes included
     */
    public static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /**
     * Writes a name, such as a column's.
     *
     * @param name any name without a NUL
     * @return the name, quotes included
     */
    public static String name(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
