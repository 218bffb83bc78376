package io.github.rowwise.totals;

import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the outcome measures, so that effects have a percentage.
 *
 * <pre class="example">{@code
 * OutcomeScale scale = OutcomeScale.named("log");
 * scale.requireFits(panel);
 * }</pre>
 */
public enum OutcomeScale {

    /**
     * The outcome is a natural logarithm. An effect of theta multiplies what the logarithm was taken of by exp(theta), which is a
     * change of {@code 100 (exp(theta) - 1)} percent.
     */
    LOG,

    /** The outcome itself is of interest. Its effect is a percentage of the outcome under control. */
    LEVEL;

    /** Sums of exponentials of larger outcomes leave the range of doubles. */
    private static final double LARGEST_LOGARITHM = 600;

    /**
     * Returns the name of the scale.
     *
     * @return {@code log} or {@code level}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a scale by its name.
     *
     * @param label {@code log} or {@code level}
     * @return the scale
     * @throws IllegalArgumentException for another name
     */
    public static OutcomeScale named(String label) {
        return Arrays.stream(values())
                .filter(scale -> scale.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no scale " + Quoted.value(label) + "; use " + Quoted.list(List.of("log", "level"))));
    }

    /**
     * Checks that outcomes can be of this scale. Reads the panel once.
     *
     * @param panel the panel
     * @throws IllegalArgumentException if an outcome cannot be a natural logarithm, because it is above 600 in absolute value; the
     *     message names its unit and period
     */
    public void requireFits(Panel panel) {
        if (this != LOG || !(InternalPanels.largestOutcome(panel) > LARGEST_LOGARITHM)) {
            return;
        }
        panel.forEachRow((unit, outcomes, arms) -> {
            for (int period = 0; period < outcomes.length; period++) {
                if (Math.abs(outcomes[period]) > LARGEST_LOGARITHM) {
                    throw new IllegalArgumentException("unit "
                            + Quoted.value(panel.unitNames().get(unit)) + ", period "
                            + Quoted.value(panel.periodNames().get(period)) + ": the outcome " + outcomes[period]
                            + " cannot be a natural logarithm, whose absolute value is at most 600; take the logarithm"
                            + " first, or use the scale level");
                }
            }
        });
    }
}
