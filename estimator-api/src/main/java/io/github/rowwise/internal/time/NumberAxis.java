package io.github.rowwise.internal.time;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the step of times that are numbers, which may be dates without separators, such as {@code 20230906} and {@code 202309}. */
public final class NumberAxis {

    private static final long FIRST_YEAR = 1800;
    private static final long LAST_YEAR = 2199;
    private static final int MOST_DECIMALS = 9;

    private record Calendar(StepUnit unit, LongFunction<@Nullable Long> time) {}

    private static final List<Calendar> CALENDARS = List.of(
            new Calendar(StepUnit.DAY, NumberAxis::day),
            new Calendar(StepUnit.MONTH, number -> part(number, 100, YearParts.MONTHS)),
            new Calendar(StepUnit.WEEK, NumberAxis::week),
            new Calendar(StepUnit.QUARTER, number -> part(number, 10, 4)),
            new Calendar(StepUnit.YEAR, number -> isYear(number) ? (Long) number : null));

    private NumberAxis() {}

    /**
     * Finds the step of whole numbers.
     *
     * @param numbers strictly increasing
     * @return the axis, or {@code null} if the step is not regular
     */
    public static @Nullable TimeAxis of(long[] numbers) {
        for (Calendar calendar : CALENDARS) {
            List<Long> times = Arrays.stream(numbers)
                    .mapToObj(calendar.time())
                    .flatMap(Stream::ofNullable)
                    .toList();
            if (times.size() == numbers.length) {
                return TimeAxis.of(
                        calendar.unit(),
                        times.stream().mapToLong(Long::longValue).toArray());
            }
        }
        return TimeAxis.of(StepUnit.NUMBER, numbers);
    }

    /**
     * Finds the step of decimal numbers.
     *
     * @param numbers strictly increasing
     * @return the axis, or {@code null} if the step is not regular
     */
    public static @Nullable TimeAxis of(List<BigDecimal> numbers) {
        int decimals = numbers.stream()
                .mapToInt(number -> number.stripTrailingZeros().scale())
                .max()
                .orElse(0);
        if (decimals > MOST_DECIMALS) {
            return null;
        }
        try {
            return TimeAxis.of(
                    StepUnit.NUMBER,
                    numbers.stream()
                            .mapToLong(number ->
                                    number.movePointRight(Math.max(0, decimals)).longValueExact())
                            .toArray());
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static boolean isYear(long number) {
        return number >= FIRST_YEAR && number <= LAST_YEAR;
    }

    private static @Nullable Long part(long number, int base, int most) {
        long part = number % base;
        return isYear(number / base) && part >= 1 && part <= most ? (Long) (number / base * most + part - 1) : null;
    }

    private static @Nullable Long week(long number) {
        return isYear(number / 100) ? YearParts.week((int) (number / 100), (int) (number % 100)) : null;
    }

    private static @Nullable Long day(long number) {
        if (!isYear(number / 10_000)) {
            return null;
        }
        try {
            return LocalDate.of((int) (number / 10_000), (int) (number / 100 % 100), (int) (number % 100))
                    .toEpochDay();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
