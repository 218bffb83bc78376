package io.github.rowwise.cli.output;

import io.github.rowwise.Grade;
import io.github.rowwise.Panel;
import io.github.rowwise.PanelDiagnostics;

/** How many units have each grade, and what the grades mean. */
final class Grades {

    private Grades() {}

    /** The number of units by {@link Grade#ordinal()}. */
    static int[] count(PanelDiagnostics diagnostics, Panel panel, int arm) {
        int[] counts = new int[Grade.values().length];
        for (int unit = 0; unit < panel.units(); unit++) {
            counts[diagnostics.grade(unit, arm).ordinal()]++;
        }
        return counts;
    }

    /** What a grade means, in a few words. */
    static String meaning(Grade grade) {
        return switch (grade) {
            case OK -> "enough periods in both arms";
            case WEAK -> "few periods in an arm: a wide guess";
            case EXTRAPOLATED -> "an arm in one stretch only: prefer the ATT to the ATE";
            case NOT_ESTIMABLE -> "never seen in one of the arms: no number";
        };
    }
}
