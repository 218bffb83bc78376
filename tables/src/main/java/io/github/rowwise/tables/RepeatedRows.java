package io.github.rowwise.tables;

import io.github.rowwise.internal.text.Quoted;
import java.util.List;
import java.util.function.UnaryOperator;

/** Says what to do about several rows for one unit and period. */
public final class RepeatedRows {

    private RepeatedRows() {}

    /**
     * Returns the end of a message about two rows for one unit and period.
     *
     * @param columns other columns of the table that tell such rows apart, the first of which is named
     * @param toDo what to do with this column
     * @return such as {@code ; the rows differ in column "product": ...}, or {@code ; keep one of them}
     */
    public static String remedy(List<String> columns, UnaryOperator<String> toDo) {
        return columns.isEmpty()
                ? "; keep one of them"
                : "; the rows differ in column " + Quoted.value(columns.get(0)) + ": " + toDo.apply(columns.get(0));
    }
}
