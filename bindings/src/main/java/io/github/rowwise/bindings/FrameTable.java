package io.github.rowwise.bindings;

import io.github.rowwise.cli.output.table.TableColumn;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.tables.EffectColumn;
import java.util.Arrays;
import java.util.List;

/**
 * A table as columns. A column of texts has a code per row, which is the index of its text, and -1 where there is none. A
 * column of whole numbers has {@link Integer#MIN_VALUE} where there is none, and one of numbers NaN.
 *
 * <p>Immutable, but for the arrays, which are not copied: a caller that changes one changes the table.
 *
 * <pre class="example">{@code
 * FrameTable table = result.table(false);
 * double[] ate = table.numbers(table.names().indexOf("ate"));
 * int[] codes = table.codes(0);
 * System.out.println(table.texts(0)[codes[0]] + " " + ate[0]);
 * }</pre>
 */
public final class FrameTable {

    private final List<TableColumn> columns;
    private final List<Object> values;
    private final List<String[]> texts;
    private final int rows;

    FrameTable(List<TableColumn> columns, List<Object> values, List<String[]> texts, int rows) {
        this.columns = List.copyOf(columns);
        this.values = List.copyOf(values);
        this.texts = List.copyOf(texts);
        this.rows = rows;
    }

    /**
     * Returns the number of rows.
     *
     * @return 0 or more
     */
    public int rows() {
        return rows;
    }

    /**
     * Returns the names of the columns.
     *
     * @return immutable, in order
     */
    public List<String> names() {
        return columns.stream().map(TableColumn::name).toList();
    }

    /**
     * Returns the type of a column.
     *
     * @param column index of the column
     * @return {@code text}, {@code whole} or {@code number}
     */
    public String kind(int column) {
        return switch (columns.get(column).kind()) {
            case TEXT -> "text";
            case WHOLE -> "whole";
            case NUMBER -> "number";
        };
    }

    /**
     * Returns a column of numbers.
     *
     * @param column index of the column
     * @return one number per row
     * @throws IllegalStateException if it is no column of numbers
     */
    public double[] numbers(int column) {
        require(column, EffectColumn.Kind.NUMBER);
        return (double[]) values.get(column);
    }

    /**
     * Returns a column of whole numbers.
     *
     * @param column index of the column
     * @return one number per row
     * @throws IllegalStateException if it is no column of whole numbers
     */
    public int[] wholes(int column) {
        require(column, EffectColumn.Kind.WHOLE);
        return (int[]) values.get(column);
    }

    /**
     * Returns the codes of a column of texts.
     *
     * @param column index of the column
     * @return one code per row
     * @throws IllegalStateException if it is no column of texts
     */
    public int[] codes(int column) {
        require(column, EffectColumn.Kind.TEXT);
        return (int[]) values.get(column);
    }

    /**
     * Returns the different texts of a column.
     *
     * @param column index of the column
     * @return the texts in the order of their first rows
     * @throws IllegalStateException if it is no column of texts
     */
    public String[] texts(int column) {
        require(column, EffectColumn.Kind.TEXT);
        return texts.get(column);
    }

    /**
     * Returns the texts of a column as one, which other languages convert faster than an array.
     *
     * @param column index of the column
     * @return the texts with a NUL character between them; no text holds one
     * @throws IllegalStateException if it is no column of texts
     */
    public String joinedTexts(int column) {
        return String.join("\0", Arrays.asList(texts(column)));
    }

    private void require(int column, EffectColumn.Kind kind) {
        if (columns.get(column).kind() != kind) {
            throw new IllegalStateException(
                    "column " + Quoted.value(columns.get(column).name()) + " is of the type " + kind(column));
        }
    }

    /**
     * Describes the table.
     *
     * @return its size and columns
     */
    @Override
    public String toString() {
        return rows + " rows of " + String.join(", ", names());
    }
}
