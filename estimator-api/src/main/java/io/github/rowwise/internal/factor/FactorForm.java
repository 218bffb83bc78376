package io.github.rowwise.internal.factor;

/** How the effects of a unit may change over time. */
public enum FactorForm {
    /** One effect at all times. */
    CONSTANT,

    /** Effects on the constant and on the factors. */
    FACTORS,

    /** A constant effect and onset terms. */
    ONSET,

    /** The form that the evidence prefers, among effects with and without the factors and with and without onset terms. */
    AUTO
}
