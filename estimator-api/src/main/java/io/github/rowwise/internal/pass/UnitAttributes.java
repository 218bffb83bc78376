package io.github.rowwise.internal.pass;

/**
 * Attributes of the local units, centred and scaled over all units.
 *
 * @param count number of attributes
 * @param values one row per unit, {@code count} values each
 */
public record UnitAttributes(int count, double[] values) {

    /** No attributes. */
    public static final UnitAttributes NONE = new UnitAttributes(0, new double[0]);

    /** Returns an attribute of a unit; 1 for the index 0, which goes with the mean, and the attributes from 1 on. */
    public double augmented(int unit, int index) {
        return index == 0 ? 1 : values[unit * count + index - 1];
    }
}
