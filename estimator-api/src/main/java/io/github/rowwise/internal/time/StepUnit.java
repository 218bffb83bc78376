package io.github.rowwise.internal.time;

/** What the numbers on a time axis count. */
public enum StepUnit {
    /** Whole numbers without a known meaning. */
    NUMBER("period"),
    YEAR("year"),
    HALF_YEAR("half year"),
    QUARTER("quarter"),
    MONTH("month"),
    WEEK("week"),
    /** Days since 1970. */
    DAY("day"),
    /** Days from Monday to Friday. */
    WEEKDAY("weekday"),
    /** Microseconds since 1970. */
    MICROSECOND("microsecond"),
    SECOND("second"),
    MINUTE("minute"),
    HOUR("hour");

    private final String noun;

    StepUnit(String noun) {
        this.noun = noun;
    }

    /**
     * Returns a number of steps in words.
     *
     * @param count the number
     * @param step the length of a step in this unit
     * @return such as {@code 9 years}, or {@code 2 periods of 15 minutes}
     */
    String count(long count, long step) {
        return step == 1
                ? count + " " + plural(noun, count)
                : count + " " + plural("period", count) + " of " + step + " " + plural(noun, step);
    }

    private static String plural(String noun, long count) {
        return count == 1 ? noun : noun + "s";
    }
}
