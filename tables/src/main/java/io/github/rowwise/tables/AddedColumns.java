package io.github.rowwise.tables;

import io.github.rowwise.totals.TotalEffects;
import org.jspecify.annotations.Nullable;

/**
 * What the effects table has at its end because it was asked for.
 *
 * @param predictions whether there are predictions for units that lack an arm
 * @param totals percentages, totals and worth of the units; {@code null} for none
 */
public record AddedColumns(boolean predictions, @Nullable TotalEffects totals) {

    /** No column is added. */
    public static final AddedColumns NONE = new AddedColumns(false, null);
}
