package io.github.rowwise.panel;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The names of a panel's units, periods and arms, at least two of each, and of its covariates. In each list all are different.
 */
record PanelNames(List<String> units, List<String> periods, List<String> arms, List<String> covariates) {

    /** More covariates than this do not fit into the kernels' memory. */
    private static final int MOST_COVARIATES = 32;

    /** At most this many positions in time per period. */
    private static final int MOST_POSITIONS = 10;

    /** Copies and checks. */
    static PanelNames check(List<String> unitNames, List<String> periodNames, List<String> armNames) {
        requireTwo("unit", "units", unitNames, "one unit has nothing to be compared with");
        return checkShard(unitNames, periodNames, armNames);
    }

    /** The same for some of the units, or none. */
    static PanelNames checkShard(List<String> unitNames, List<String> periodNames, List<String> armNames) {
        PanelNames names =
                new PanelNames(List.copyOf(unitNames), List.copyOf(periodNames), List.copyOf(armNames), List.of());
        requireTwo("period", "periods", names.periods, "one period shows no unit both treated and untreated");
        requireTwo("arm", "arms", names.arms, "an effect is a difference between two arms");
        if (names.arms.size() > Byte.MAX_VALUE) {
            throw new InvalidPanelException(
                    names.arms.size() + " arms, at most 127 can be told apart: check the treatment column");
        }
        requireDifferent("unit", names.units);
        requireDifferent("period", names.periods);
        requireDifferent("arm", names.arms);
        return names;
    }

    /** The same with covariates. */
    PanelNames withCovariates(List<String> covariateNames) {
        if (covariateNames.size() > MOST_COVARIATES) {
            throw new InvalidPanelException(covariateNames.size() + " covariates, at most " + MOST_COVARIATES
                    + " can be used: keep those that matter most");
        }
        requireDifferent("covariate", covariateNames);
        return new PanelNames(units, periods, arms, List.copyOf(covariateNames));
    }

    /** The lists that a fingerprint starts with. */
    List<List<String>> lists() {
        return covariates.isEmpty() ? List.of(units, periods, arms) : List.of(units, periods, arms, covariates);
    }

    /**
     * Returns the positions of the periods in time, from 0 on; consecutive if no period is absent, if the step of time is not
     * regular, or if nearly all of the time would be absent.
     */
    int[] positions() {
        int[] consecutive = IntStream.range(0, periods.size()).toArray();
        try {
            PeriodOrder order = PeriodOrder.of(periods);
            List<Integer> positions = order.positions();
            boolean isUsable = !positions.isEmpty()
                    && order.names().equals(periods)
                    && positions.get(positions.size() - 1) < (long) MOST_POSITIONS * periods.size();
            return isUsable ? positions.stream().mapToInt(Integer::intValue).toArray() : consecutive;
        } catch (InvalidPanelException e) {
            return consecutive; // Names whose order is ambiguous say nothing about time.
        }
    }

    /** Names a cell. */
    String cell(int unit, int period) {
        return "unit '" + units.get(unit) + "', period '" + periods.get(period) + "'";
    }

    private static void requireTwo(String one, String many, List<String> names, String why) {
        if (names.size() < 2) {
            throw new InvalidPanelException(
                    (names.isEmpty() ? "no " + one : "only one " + one + ", '" + names.get(0) + "'")
                            + ": a panel has at least two " + many + ", because " + why);
        }
    }

    private static void requireDifferent(String what, List<String> names) {
        Set<String> seen = new HashSet<>(names.size() * 2);
        for (String name : names) {
            if (!seen.add(name)) {
                throw new InvalidPanelException(
                        "the " + what + " name '" + name + "' occurs twice: give each " + what + " a name of its own");
            }
        }
    }
}
