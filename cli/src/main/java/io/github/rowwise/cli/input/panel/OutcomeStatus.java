package io.github.rowwise.cli.input.panel;

import io.github.rowwise.cli.database.Sql;
import io.github.rowwise.tables.MissingCodes;
import java.util.stream.Collectors;

/** Codes that classify the outcome of a row, as the column {@code status} stores them. */
final class OutcomeStatus {

    static final int NUMBER = 0;
    static final int EMPTY = 1;
    static final int NA = 2;
    static final int NAN = 3;
    static final int NULL_TEXT = 4;
    static final int TEXT = 5;
    static final int INFINITE = 6;
    static final int CODE = 7;

    /** The outcome is a number, but a covariate is missing. */
    static final int COVARIATE_MISSING = 8;

    /** The outcome is a number, but a covariate is a text. */
    static final int COVARIATE_TEXT = 9;

    /** Lower-case texts that mean a missing value, as a list in SQL. */
    static final String MISSING_TEXTS =
            MissingCodes.ALWAYS.stream().map(Sql::text).collect(Collectors.joining(", ", "(", ")"));

    private OutcomeStatus() {}
}
