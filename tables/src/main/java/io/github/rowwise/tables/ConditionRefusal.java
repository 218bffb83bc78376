package io.github.rowwise.tables;

import io.github.rowwise.internal.text.Quoted;
import java.util.List;

/** What {@code --where} refuses: all that is no part of a condition on the columns of a row. */
public enum ConditionRefusal {
    /** A query within the condition, which might read other tables. */
    QUERY("a query within the condition is not allowed"),
    /** A star for all columns. */
    STAR("* for all columns is not allowed"),
    /** A window over other rows. */
    WINDOW("a window over other rows is not allowed"),
    /** A parameter, which nobody gives a value. */
    PARAMETER("a parameter is not allowed"),
    /** Several conditions, or a clause after the condition. */
    SEVERAL("not one condition");

    private final String reason;

    ConditionRefusal(String reason) {
        this.reason = reason;
    }

    /**
     * Returns why the condition is refused.
     *
     * @return without a full stop
     */
    public String reason() {
        return reason;
    }

    /**
     * Returns why a function is refused whose value changes from call to call.
     *
     * @param name the function
     * @return without a full stop
     */
    public static String function(String name) {
        return "the function " + name + " is not allowed: its value does not depend on the row only";
    }

    /**
     * Returns the message about a condition.
     *
     * @param option the option that has the condition
     * @param condition the condition
     * @param reason why it is refused
     * @param columns the columns of the table
     * @return one line
     */
    public static String message(String option, String condition, String reason, List<String> columns) {
        return option + " " + Quoted.value(condition) + ": " + Quoted.line(reason)
                + "; write one condition in SQL on the columns " + Quoted.list(columns);
    }
}
