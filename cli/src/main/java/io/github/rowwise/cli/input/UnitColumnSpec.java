package io.github.rowwise.cli.input;

/**
 * A column of the input whose value is the same in all rows of a unit.
 *
 * @param option the option that names it, for messages
 * @param name the column
 * @param kind which values it may have
 */
public record UnitColumnSpec(String option, String name, Kind kind) {

    /** Which values a column may have. */
    public enum Kind {
        /** A number above zero of each unit. */
        WEIGHT,
        /** A number of each unit. */
        VALUE,
        /** A number of 0 or more of each unit. */
        COST,
        /** A text of each unit. */
        LABEL,
        /** A number, or a text if not all values are numbers; missing in some units, possibly. */
        ATTRIBUTE
    }
}
