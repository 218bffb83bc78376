package io.github.rowwise.effects;

/**
 * How a unit's effect may change over time in the {@link io.github.rowwise.FactorModelEstimator}.
 *
 * <pre class="example">{@code
 * UnitEffects constant = FactorModelEstimator.withDefaults().withEffects(EffectsForm.CONSTANT).fit(panel);
 * }</pre>
 */
public enum EffectsForm {
    /**
     * The one of the other two that the evidence favours: both are fitted, and effects go with the factors where that
     * raises the evidence bound by more than 10 log units. Takes twice as long.
     */
    AUTO("auto"),
    /** A unit's effect is the same in every period. */
    CONSTANT("constant"),
    /** A unit's effect has a constant part and a part that goes with each factor. */
    FACTORS("factors");

    private final String label;

    EffectsForm(String label) {
        this.label = label;
    }

    /**
     * Returns the form as it is written in options.
     *
     * @return such as {@code factors}
     */
    public String label() {
        return label;
    }
}
