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
     * The form that the evidence favours: with or without a part that goes with the factors, and with or without a part that
     * depends on the time since the start of treatment. Each part is left out if the evidence then falls by no more than a
     * penalty for its parameters. The default.
     */
    AUTO("auto"),
    /** A unit's effect is the same in every period. */
    CONSTANT("constant"),
    /** A unit's effect has a constant part and a part that goes with each factor. */
    FACTORS("factors"),
    /**
     * A unit's effect has a constant part and a part that depends on the time since it entered the arm, so that it may build up
     * or wear off.
     */
    ONSET("onset");

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
