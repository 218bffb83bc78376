package io.github.rowwise.cli.input;

import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.tables.OptionNaming;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Origin of a panel: a file, a database and a query, or a data frame in memory, which has neither.
 *
 * @param file the file, or {@code null} if there is none
 * @param treatments the file with the treatments if the input is two files with one column per period, or {@code null} if it
 *     is one file in long form
 * @param jdbc the database, or {@code null} if there is none
 * @param query the SQL query to the database or DuckDB file, or {@code null} for a file that holds a single table
 */
public record PanelOrigin(
        @Nullable Path file,
        @Nullable Path treatments,
        @Nullable JdbcUrl jdbc,
        @Nullable String query) {

    /** Checks that the origin is not both a file and a database. */
    public PanelOrigin {
        if (file != null && jdbc != null) {
            throw new IllegalArgumentException("either a file or a database");
        }
    }

    /**
     * Creates an origin that is a data frame in memory.
     *
     * @return the origin
     */
    public static PanelOrigin dataFrame() {
        return new PanelOrigin(null, null, null, null);
    }

    /**
     * Returns whether this is a data frame in memory, whose user calls functions instead of the program.
     *
     * @return true if it is neither a file nor a database
     */
    public boolean isDataFrame() {
        return file == null && jdbc == null;
    }

    /**
     * Returns how messages about the panel name options.
     *
     * @return as arguments of functions for a data frame
     */
    public OptionNaming naming() {
        return isDataFrame() ? OptionNaming.ARGUMENT : OptionNaming.COMMAND_LINE;
    }

    /**
     * Creates an origin that is one file.
     *
     * @param file the file
     * @return the origin
     */
    public static PanelOrigin file(Path file) {
        return new PanelOrigin(file, null, null, null);
    }

    /**
     * Returns the unabridged name, for results.
     *
     * @return the path as given, or the redacted URL of the database, or {@code data frame}
     */
    public String label() {
        if (isDataFrame()) {
            return "data frame";
        }
        return jdbc == null ? String.valueOf(file) : jdbc.label();
    }

    /**
     * Returns a short name, for headings.
     *
     * @return the name of the file without its folder, or the redacted URL of the database
     */
    public String shortLabel() {
        return file == null ? label() : Objects.toString(file.getFileName(), "");
    }

    /**
     * Returns whether this is a panel file, for which no columns need to be named.
     *
     * @return whether it is one, by its extension or its first bytes
     */
    public boolean isPanelFile() {
        return file != null && InputFormat.isPanelFile(file);
    }

    /**
     * Returns the name for messages.
     *
     * @return the name, with control characters escaped
     */
    public String name() {
        return Quoted.line(label());
    }

    /**
     * Returns the query for messages.
     *
     * @return the option with the quoted query
     */
    public String shownQuery() {
        return "--query " + Quoted.value(String.valueOf(query));
    }
}
