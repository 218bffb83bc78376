package io.github.rowwise.internal.time;

import io.github.rowwise.internal.text.Quoted;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Periods with a regular step, and their positions in units of it. Some steps may be absent.
 *
 * @param unit what the step is counted in
 * @param step the usual step, 1 or more
 * @param positions the position of each period, from 0
 */
public record TimeAxis(StepUnit unit, long step, List<Integer> positions) {

    private static final long MICROSECONDS_PER_SECOND = 1_000_000;
    private static final long MICROSECONDS_PER_DAY = 86_400 * MICROSECONDS_PER_SECOND;
    private static final int DAYS_PER_WEEK = 7;

    /** Coarser units, the coarsest first: a unit fits if all times are whole ones after the same remainder. */
    private record Coarser(StepUnit unit, long size) {}

    private static final List<Coarser> OF_MONTHS = List.of(
            new Coarser(StepUnit.YEAR, 12), new Coarser(StepUnit.HALF_YEAR, 6), new Coarser(StepUnit.QUARTER, 3));
    private static final List<Coarser> OF_DAYS = List.of(new Coarser(StepUnit.WEEK, DAYS_PER_WEEK));
    private static final List<Coarser> OF_MICROSECONDS = List.of(
            new Coarser(StepUnit.DAY, MICROSECONDS_PER_DAY),
            new Coarser(StepUnit.HOUR, 3600 * MICROSECONDS_PER_SECOND),
            new Coarser(StepUnit.MINUTE, 60 * MICROSECONDS_PER_SECOND),
            new Coarser(StepUnit.SECOND, MICROSECONDS_PER_SECOND));

    /** Keeps a copy of the positions. */
    public TimeAxis {
        positions = List.copyOf(positions);
    }

    /**
     * Finds the step of times.
     *
     * @param unit what the times are counted in
     * @param times strictly increasing
     * @return the axis, or {@code null} if the step is not regular
     */
    public static @Nullable TimeAxis of(StepUnit unit, long[] times) {
        return switch (unit) {
            case MONTH -> coarsened(OF_MONTHS, unit, times);
            case DAY -> ofDays(times);
            case MICROSECOND -> coarsened(OF_MICROSECONDS, unit, times);
            default -> regular(unit, times);
        };
    }

    private static @Nullable TimeAxis coarsened(List<Coarser> units, StepUnit unit, long[] times) {
        for (Coarser coarser : units) {
            if (Arrays.stream(times)
                            .map(t -> Math.floorMod(t, coarser.size()))
                            .distinct()
                            .count()
                    == 1) {
                long[] coarse = map(times, t -> Math.floorDiv(t, coarser.size()));
                return coarser.unit() == StepUnit.DAY ? ofDays(coarse) : regular(coarser.unit(), coarse);
            }
        }
        return regular(unit, times);
    }

    /** Months are 28 to 31 days apart, and weekdays one or three. */
    private static @Nullable TimeAxis ofDays(long[] days) {
        List<LocalDate> dates =
                Arrays.stream(days).mapToObj(LocalDate::ofEpochDay).toList();
        boolean sameDay =
                dates.stream().map(LocalDate::getDayOfMonth).distinct().count() == 1;
        boolean lastDay = dates.stream().allMatch(date -> date.getDayOfMonth() == date.lengthOfMonth());
        if (sameDay || lastDay) {
            return of(StepUnit.MONTH, map(days, day -> {
                LocalDate date = LocalDate.ofEpochDay(day);
                return 12L * date.getYear() + date.getMonthValue() - 1;
            }));
        }
        boolean weekdaysOnly = dates.stream()
                .allMatch(date -> date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY);
        if (weekdaysOnly && shortestStep(days) == 1 && days[days.length - 1] - days[0] >= DAYS_PER_WEEK) {
            // Day 4 was a Monday.
            return regular(
                    StepUnit.WEEKDAY,
                    map(
                            days,
                            day -> 5 * Math.floorDiv(day - 4, DAYS_PER_WEEK) + Math.floorMod(day - 4, DAYS_PER_WEEK)));
        }
        return coarsened(OF_DAYS, StepUnit.DAY, days);
    }

    private static @Nullable TimeAxis regular(StepUnit unit, long[] times) {
        long step = usualStep(times);
        if (step == 0) {
            return null;
        }
        Integer[] positions = new Integer[times.length];
        for (int i = 0; i < times.length; i++) {
            long away = times[i] - times[0];
            if (away % step != 0 || away / step > Integer.MAX_VALUE) {
                return null;
            }
            positions[i] = (int) (away / step);
        }
        return new TimeAxis(unit, step, List.of(positions));
    }

    private static long shortestStep(long[] times) {
        return IntStream.range(1, times.length)
                .mapToLong(i -> times[i] - times[i - 1])
                .min()
                .orElse(0);
    }

    /** Returns the step of more than half of the neighbours, and of two at least if they are not all alike; or 0. */
    private static long usualStep(long[] times) {
        Map<Long, Integer> counts = new HashMap<>();
        for (int i = 1; i < times.length; i++) {
            counts.merge(times[i] - times[i - 1], 1, Integer::sum);
        }
        int steps = times.length - 1;
        for (Map.Entry<Long, Integer> step : counts.entrySet()) {
            int count = step.getValue();
            if (step.getKey() > 0 && (counts.size() == 1 || (count >= 2 && 2 * count > steps))) {
                return step.getKey();
            }
        }
        return 0;
    }

    private static long[] map(long[] times, LongUnaryOperator to) {
        return Arrays.stream(times).map(to).toArray();
    }

    /**
     * Returns whether no period is absent.
     *
     * @return whether the positions are consecutive
     */
    public boolean isComplete() {
        return positions.isEmpty() || positions.get(positions.size() - 1) == positions.size() - 1;
    }

    /**
     * Describes the absent periods.
     *
     * @param names names of the periods
     * @return a sentence without a full stop; empty if none is absent
     */
    public String absence(List<String> names) {
        if (isComplete()) {
            return "";
        }
        int stretches = 0;
        int widest = 0;
        for (int i = 1; i < positions.size(); i++) {
            stretches += gap(i) > 0 ? 1 : 0;
            widest = gap(i) > gap(Math.max(widest, 1)) || widest == 0 ? i : widest;
        }
        long absent = positions.get(positions.size() - 1) + 1L - positions.size();
        long here = gap(widest);
        return "no row of any unit has a period between " + Quoted.value(names.get(widest - 1)) + " and "
                + Quoted.value(names.get(widest)) + ": " + unit.count(here, step)
                + (here == 1 ? " is absent" : " are absent")
                + (stretches > 1
                        ? ", and in " + (stretches - 1) + (stretches == 2 ? " more place " : " more places ")
                                + unit.count(absent - here, step)
                        : "")
                + "; the factor model counts them as periods without outcomes";
    }

    private int gap(int i) {
        return positions.get(i) - positions.get(i - 1) - 1;
    }
}
