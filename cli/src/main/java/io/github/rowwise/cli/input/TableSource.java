package io.github.rowwise.cli.input;

import io.github.rowwise.cli.database.DatabaseException;
import io.github.rowwise.internal.text.Quoted;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * An input as a DuckDB table. Its columns are named {@code rowwise_0}, {@code rowwise_1} and so on, and its rows keep the
 * order of the input.
 */
public interface TableSource {

    /** The column that numbers the rows from 0, in the order of the input. */
    String ROW = "\"row of the file\"";

    /**
     * Returns the names of the columns in the input.
     *
     * @return the unaltered names
     */
    List<String> columns();

    /**
     * Returns the type of a column.
     *
     * @param column index from 0
     * @return DuckDB's name of the type
     */
    default String type(int column) {
        return "VARCHAR";
    }

    /**
     * Returns whether rows are numbered while they are read, which requires a single thread.
     *
     * @return whether this is the case
     */
    default boolean countsRows() {
        return true;
    }

    /**
     * Returns the table for the FROM clause of a statement. It includes the column {@link #ROW}.
     *
     * @param used indexes of the columns that the statement uses
     * @return a table expression in SQL
     */
    String from(Set<Integer> used);

    /**
     * Describes where rows are in the input.
     *
     * @param rows numbers of the rows, from 0
     * @return for example {@code line 7} or {@code lines 7 and 9}
     */
    String place(List<Long> rows);

    /**
     * Explains why DuckDB could not read the input.
     *
     * @param rejection DuckDB's error
     * @return the error with its place and a remedy
     */
    UserInputException explain(DatabaseException rejection);

    /**
     * Returns the name of a column in DuckDB.
     *
     * @param column index from 0
     * @return the name, which needs no quotes
     */
    static String name(int column) {
        return "rowwise_" + column;
    }

    /**
     * Lists numbers: {@code line 7}, {@code lines 7 and 9}, {@code lines 7, 9 and 12}.
     *
     * @param singular the noun before the numbers
     * @param numbers the numbers
     * @return the list
     */
    static String enumerate(String singular, List<Long> numbers) {
        StringBuilder words = new StringBuilder(singular).append(numbers.size() > 1 ? "s " : " ");
        for (int i = 0; i < numbers.size(); i++) {
            words.append(i == 0 ? "" : i == numbers.size() - 1 ? " and " : ", ").append(numbers.get(i));
        }
        return words.toString();
    }

    /**
     * Creates the exception for a disk without space for temporary files.
     *
     * @param name name of the input
     * @param cause DuckDB's error
     * @return the exception
     */
    static UserInputException noSpace(String name, DatabaseException cause) {
        return new UserInputException(
                name + ": no space left on the disk for temporary files; free some space, or choose another folder with"
                        + " ROWWISE_JAVA_OPTIONS=-Djava.io.tmpdir=FOLDER",
                cause);
    }

    /**
     * Creates the exception for a file that cannot be read or decompressed.
     *
     * @param file the file
     * @param cause the error
     * @return the exception
     */
    static UserInputException unreadable(Path file, Exception cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String compressed = InputFormat.compression(file).equals("none")
                ? ""
                : "; by its extension it is compressed with " + InputFormat.compression(file) + ": is it complete?";
        return new UserInputException(
                Quoted.line(file.toString()) + ": cannot be read: " + Quoted.line(reason) + compressed, cause);
    }
}
