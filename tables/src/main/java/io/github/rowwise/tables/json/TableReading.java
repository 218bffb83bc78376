package io.github.rowwise.tables.json;

import io.github.rowwise.tables.AbsentRows;
import io.github.rowwise.tables.MissingCodes;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a table became the cells of a panel.
 *
 * @param rows number of rows that were read
 * @param timeKind what the times are, in words
 * @param missing the codes that also meant a missing value, or {@code null} if they are not known
 * @param absentRows what a unit and period without a row meant, or {@code null} if it is not known
 * @param zeroRows number of cells without a row that count as an outcome of 0
 */
public record TableReading(
        long rows,
        String timeKind,
        @Nullable MissingCodes missing,
        @Nullable AbsentRows absentRows,
        long zeroRows) {}
