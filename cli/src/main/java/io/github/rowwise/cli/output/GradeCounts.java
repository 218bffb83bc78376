package io.github.rowwise.cli.output;

import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import java.util.EnumMap;
import java.util.Map;

/** Counts units by grade, and describes the grades. */
public final class GradeCounts {

    private GradeCounts() {}

    /** Returns the number of units by grade; 0 for a grade without units. */
    public static Map<Grade, Integer> count(PanelDiagnostics diagnostics, Panel panel, int arm) {
        Map<Grade, Integer> counts = new EnumMap<>(Grade.class);
        for (Grade grade : Grade.values()) {
            counts.put(grade, 0);
        }
        for (int unit = 0; unit < panel.units(); unit++) {
            counts.merge(diagnostics.grade(unit, arm), 1, Integer::sum);
        }
        return counts;
    }

    /** Returns whether most ATEs extrapolate in time, so that the ATT should come first. */
    public static boolean isAttFirst(UnitEffects effects, int arm) {
        Map<Grade, Integer> counts = count(effects.diagnostics(), effects.panel(), arm);
        int estimable = effects.panel().units() - counts.getOrDefault(Grade.NOT_ESTIMABLE, 0);
        return 2 * counts.getOrDefault(Grade.EXTRAPOLATED, 0) > estimable;
    }

    /** Describes a grade in a few words. */
    public static String meaning(Grade grade) {
        return switch (grade) {
            case OK -> "enough periods in both arms";
            case WEAK -> "few periods in an arm: a wide guess";
            case EXTRAPOLATED -> "one spell in an arm: prefer the ATT";
            case NOT_ESTIMABLE -> "nothing to compare with: no number";
        };
    }
}
