package io.github.rowwise.benchmarks.study;

import io.github.rowwise.cli.input.PanelColumns;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A published study, whose estimates are compared with those of the default method.
 *
 * @param name short name of the study, and which units it compares
 * @param source where the figures were published, in Markdown
 * @param data the name of the data set and who provides it, in Markdown
 * @param file name of the file, without the {@code .gz} that it may have after it
 * @param columns the columns of unit, period, outcome and treatment; each may be an SQL expression
 * @param truth the column with the true effect of each cell, or {@code null} if it is not known
 * @param where an SQL condition that selects rows of the table {@code data}, or {@code null} for all rows
 * @param unit the unit whose ATT is compared, or {@code null} for the average over all treated cells
 * @param published the published estimates
 */
record PublishedCase(
        String name,
        String source,
        String data,
        String file,
        PanelColumns columns,
        @Nullable String truth,
        @Nullable String where,
        @Nullable String unit,
        List<Figure> published) {

    /**
     * A published estimate.
     *
     * @param value the estimate, in units of the outcome
     * @param label how it is printed: with its standard error and the method, if they were published
     */
    record Figure(double value, String label) {}

    PublishedCase(String name, String source, String data, String file, PanelColumns columns, List<Figure> published) {
        this(name, source, data, file, columns, null, null, null, published);
    }

    /** Returns a copy that compares the estimate with the known effect of each cell. */
    PublishedCase withTruth(String column) {
        return new PublishedCase(name, source, data, file, columns, column, where, unit, published);
    }

    /** Returns a copy of another name that reads a part of the rows. */
    PublishedCase onlyWhere(String otherName, String condition) {
        return new PublishedCase(otherName, source, data, file, columns, truth, condition, unit, published);
    }

    /** Returns a copy of another name that compares the ATT of one unit. */
    PublishedCase forUnit(String otherName, String name, Figure figure) {
        return new PublishedCase(otherName, source, data, file, columns, truth, where, name, List.of(figure));
    }
}
