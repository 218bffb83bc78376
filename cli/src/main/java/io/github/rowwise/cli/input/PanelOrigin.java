package io.github.rowwise.cli.input;

import io.github.rowwise.internal.text.Quoted;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a panel comes from: a file, or a database with a question to it.
 *
 * @param file the file, or {@code null} where it is a database
 * @param treatments the file with the treatments where both have one column a period, or {@code null} for one file in long
 *     form
 * @param jdbc the database, or {@code null} where it is a file
 * @param query the question to the database or DuckDB file in SQL, or {@code null} for a file that holds one table
 */
public record PanelOrigin(
        @Nullable Path file,
        @Nullable Path treatments,
        @Nullable JdbcUrl jdbc,
        @Nullable String query) {

    /** Rejects what names no place, or two. */
    public PanelOrigin {
        if ((file == null) == (jdbc == null)) {
            throw new IllegalArgumentException("either a file or a database");
        }
    }

    /**
     * Returns the origin that is a file.
     *
     * @param file the file
     * @return the origin
     */
    public static PanelOrigin file(Path file) {
        return new PanelOrigin(file, null, null, null);
    }

    /**
     * Returns the name to the byte, for results.
     *
     * @return the file as it was given, or the database without what could be a password
     */
    public String label() {
        return jdbc == null ? String.valueOf(file) : jdbc.label();
    }

    /**
     * Returns a short name to the byte, for headings.
     *
     * @return the file without its folders, or the database
     */
    public String shortLabel() {
        return file == null ? label() : Objects.toString(file.getFileName(), "");
    }

    /**
     * Tells whether this is a panel file, which needs no columns.
     *
     * @return whether it is one, by its ending or its first bytes
     */
    public boolean isPanelFile() {
        return file != null && InputFormat.isPanelFile(file);
    }

    /** The name as messages show it. */
    public String name() {
        return Quoted.line(label());
    }

    /** The question as messages show it. */
    public String shownQuery() {
        return "--query " + Quoted.value(String.valueOf(query));
    }
}
