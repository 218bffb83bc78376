package io.github.rowwise.cli.input;

import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.internal.text.Quoted;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A file seen as a table whose columns have plain names of our own in DuckDB, with its rows in the file's order. */
public interface TableSource {

    /** The column that numbers the rows from 0, in the file's order. */
    String ROW = "\"row of the file\"";

    /** The names of the columns, to the byte. */
    List<String> columns();

    /** DuckDB's type of a column. */
    default String type(int column) {
        return "VARCHAR";
    }

    /** Whether rows are numbered by counting them in turn, which only one thread can do. */
    default boolean countsRows() {
        return true;
    }

    /**
     * The table, for a statement's FROM, with a column {@link #ROW}.
     *
     * @param used the columns that the statement uses
     */
    String from(Set<Integer> used);

    /** Where the rows are in the file, in words, such as {@code line 7} or {@code lines 7 and 9}; rows count from 0. */
    String place(List<Long> rows);

    /** What is wrong with a file that DuckDB rejected to read. */
    UserInputException explain(DatabaseException rejection);

    /** DuckDB's name of a column. */
    static String name(int column) {
        return "rowwise_" + column;
    }

    /** Joins places: {@code line 7}, {@code lines 7 and 9}, {@code lines 7, 9 and 12}. */
    static String words(String singular, List<Long> numbers) {
        StringBuilder words = new StringBuilder(singular).append(numbers.size() > 1 ? "s " : " ");
        for (int i = 0; i < numbers.size(); i++) {
            words.append(i == 0 ? "" : i == numbers.size() - 1 ? " and " : ", ").append(numbers.get(i));
        }
        return words.toString();
    }

    /** The rejection where temporary files do not fit on the disk. */
    static UserInputException noSpace(String name, DatabaseException cause) {
        return new UserInputException(
                name + ": no space left on the disk for temporary files; make room, or name another folder with"
                        + " ROWWISE_JAVA_OPTIONS=-Djava.io.tmpdir=FOLDER",
                cause);
    }

    /** The rejection of a file that cannot be read or decompressed. */
    static UserInputException unreadable(Path file, Exception cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String compressed = InputFormat.compression(file).equals("none")
                ? ""
                : "; its ending says " + InputFormat.compression(file) + ": is it complete?";
        return new UserInputException(
                Quoted.line(file.toString()) + ": cannot be read: " + Quoted.line(reason) + compressed, cause);
    }
}
