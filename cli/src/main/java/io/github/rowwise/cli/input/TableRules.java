package io.github.rowwise.cli.input;

import io.github.rowwise.tables.MissingCodes;

/**
 * How the values of a table are read.
 *
 * @param missing what means that an outcome or a treatment is missing
 */
public record TableRules(MissingCodes missing) {

    /** The rules of a table of which the user said nothing. */
    public static final TableRules DEFAULT = new TableRules(MissingCodes.NONE);
}
