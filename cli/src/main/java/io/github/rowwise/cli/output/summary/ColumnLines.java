package io.github.rowwise.cli.output.summary;

import io.github.rowwise.cli.output.NumberFormat;
import io.github.rowwise.cli.output.TerminalLayout;
import io.github.rowwise.cli.output.TextWidth;
import io.github.rowwise.effects.AttributeEffects;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.Interval;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.text.Quoted;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Formats what covariates and attributes of units tell, for the terminal. */
final class ColumnLines {

    private static final int MAX_NAME = 32;
    private static final int DIGITS = 7;

    private final TerminalLayout lines;
    private final UnitEffects effects;

    ColumnLines(TerminalLayout lines, UnitEffects effects) {
        this.lines = lines;
        this.effects = effects;
    }

    /** Adds the coefficients of the covariates. */
    void addCovariates(String outcome) {
        if (!effects.covariates().isEmpty()) {
            lines.gap()
                    .part("Covariates")
                    .add("what one more of each adds to " + Quoted.plain(outcome) + ", the same in all units");
            Map<String, Estimate> rows = new LinkedHashMap<>();
            effects.covariates().forEach((name, coefficient) -> rows.put(Quoted.plain(name), coefficient));
            add(rows);
        }
    }

    /** Adds how the effects of an arm depend on attributes. */
    void addAttributes(int arm) {
        effects.attributes(arm).ifPresent(attributes -> {
            lines.gap()
                    .part("For whom")
                    .add(String.format(
                            Locale.ROOT,
                            "attributes explain %.0f %% of the variance of the ATE between units",
                            100 * attributes.explainedShare()))
                    .add("what each adds to the ATE, others being equal");
            Map<String, Estimate> rows = new LinkedHashMap<>();
            for (AttributeEffects.Coefficient coefficient : attributes.coefficients()) {
                String name = Quoted.plain(coefficient.attribute());
                rows.put(
                        coefficient.level().isEmpty()
                                ? name + ", per unit"
                                : name + " " + Quoted.plain(coefficient.level()) + ", than "
                                        + Quoted.plain(coefficient.base()),
                        coefficient.estimate());
            }
            add(rows);
            if (!attributes.averages().isEmpty()) {
                lines.add("average ATE by level, other attributes at their averages");
                Map<String, Estimate> averages = new LinkedHashMap<>();
                for (AttributeEffects.LevelAverage average : attributes.averages()) {
                    averages.put(
                            Quoted.plain(average.attribute()) + " " + Quoted.plain(average.level()) + ", "
                                    + NumberFormat.count(average.units(), "unit"),
                            average.ate());
                }
                add(averages);
            }
        });
    }

    private void add(Map<String, Estimate> rows) {
        int width = rows.keySet().stream().mapToInt(TextWidth::width).max().orElse(0);
        rows.forEach((name, estimate) -> {
            String cut = TextWidth.shorten(name, MAX_NAME);
            String padding = " ".repeat(Math.max(0, Math.min(width, MAX_NAME) - TextWidth.width(cut)));
            lines.add("  " + cut + padding + " " + text(estimate), 2);
        });
    }

    private String text(Estimate estimate) {
        NumberFormat numbers = NumberFormat.upTo(Math.abs(estimate.value()));
        String value = padded(numbers.format(estimate.value()));
        if (!estimate.hasStandardError()) {
            return value + "  (no interval)";
        }
        Interval interval = estimate.interval(effects.confidenceLevel());
        return value + "  [" + padded(numbers.format(interval.lower())) + ", "
                + padded(numbers.format(interval.upper())) + "]";
    }

    private static String padded(String number) {
        return " ".repeat(Math.max(0, DIGITS - number.length())) + number;
    }
}
