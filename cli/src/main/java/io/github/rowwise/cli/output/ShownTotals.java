package io.github.rowwise.cli.output;

import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.totals.OutcomeScale;
import io.github.rowwise.totals.TotalEffects;
import org.jspecify.annotations.Nullable;

/**
 * The percentages, totals and worth that the program shows.
 *
 * @param totals by unit and in all
 * @param value the value of one unit of outcome as it was given, a number or the name of a column; {@code null} for none
 * @param cost the cost of a treated period as it was given; {@code null} for none
 */
public record ShownTotals(
        TotalEffects totals,
        @Nullable Object value,
        @Nullable Object cost) {

    /**
     * Returns what totals are counted in.
     *
     * @param outcome column of the outcome
     * @return such as {@code exp(log_sales)}
     */
    public String unitOfTotals(String outcome) {
        String plain = Quoted.plain(outcome);
        return totals.scale().orElse(null) == OutcomeScale.LOG ? "exp(" + plain + ")" : plain;
    }
}
