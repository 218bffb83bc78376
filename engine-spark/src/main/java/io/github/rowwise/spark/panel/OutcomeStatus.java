package io.github.rowwise.spark.panel;

import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.tables.MissingCodes;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The status of a row's outcome: a number, missing, or invalid. */
enum OutcomeStatus {
    NUMBER,
    MISSING,
    TEXT,
    INFINITE;

    private static final Set<String> MISSING_TEXTS = Set.copyOf(MissingCodes.ALWAYS);
    private static final Set<String> INFINITE_TEXTS =
            Set.of("inf", "+inf", "-inf", "infinity", "+infinity", "-infinity");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    /** Returns whether a text means that a value is missing. */
    static boolean isMissing(@Nullable String text) {
        return text == null || (text.length() < 12 && MISSING_TEXTS.contains(plain(text)));
    }

    /** Returns the status of an outcome in a row of {@link PanelColumns#select}. */
    static OutcomeStatus of(Row row, int column, boolean isText) {
        if (row.isNullAt(column)) {
            return MISSING;
        }
        if (!isText) {
            double number = row.getDouble(column);
            return Double.isNaN(number) ? MISSING : ofSize(number);
        }
        String text = row.getString(column);
        if (isMissing(text)) {
            return MISSING;
        }
        if (INFINITE_TEXTS.contains(plain(text))) {
            return INFINITE;
        }
        if (!DECIMAL.matcher(text.strip()).matches()) {
            return TEXT;
        }
        return ofSize(Double.parseDouble(text.strip()));
    }

    private static OutcomeStatus ofSize(double number) {
        return Math.abs(number) > OutcomeStorage.LARGEST_OUTCOME ? INFINITE : NUMBER;
    }

    /** Returns the outcome of a row that has one. */
    static double number(Row row, int column, boolean isText) {
        return isText ? Double.parseDouble(row.getString(column).strip()) : row.getDouble(column);
    }

    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
