package io.github.rowwise.panel;

import io.github.rowwise.internal.outcome.OutcomeFacts;
import io.github.rowwise.internal.outcome.OutcomeScan;
import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.internal.text.Quoted;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Warnings about outcomes that may not be what the table says. */
final class OutcomeWarnings {

    static final Set<Warning.Kind> KINDS =
            EnumSet.of(Warning.Kind.IDENTICAL_UNITS, Warning.Kind.REPEATED_EXTREME, Warning.Kind.MISSING_NEAR_ZERO);

    /** Fewer missing cells than this share hardly change an estimate. */
    private static final double FEW_MISSING = .05;

    private OutcomeWarnings() {}

    static List<Warning> of(Panel panel, int allUnits, PassRunner runner) {
        OutcomeFacts facts = OutcomeScan.of(panel.unitNames(), allUnits, runner);
        List<Warning> warnings = new ArrayList<>();
        if (facts.identicalUnits() > 0) {
            warnings.add(new Warning(Warning.Kind.IDENTICAL_UNITS, identical(facts)));
        }
        OutcomeFacts.RepeatedExtreme extreme = facts.repeatedExtreme();
        if (extreme != null) {
            warnings.add(new Warning(Warning.Kind.REPEATED_EXTREME, repeated(panel, extreme)));
        }
        if (facts.missingShareAboveZero() > FEW_MISSING) {
            warnings.add(new Warning(
                    Warning.Kind.MISSING_NEAR_ZERO,
                    Math.round(100 * facts.missingShareAboveZero())
                            + " % of the cells are missing, all outcomes are above 0, and many are close to 0; if a cell is"
                            + " missing because its outcome is 0, as in a table with rows only for what was sold, effects are"
                            + " biased; add such cells with an outcome of 0"));
        }
        return List.copyOf(warnings);
    }

    private static String identical(OutcomeFacts facts) {
        List<String> pairs = new ArrayList<>();
        List<String> names = facts.identicalNames();
        for (int k = 0; k + 1 < names.size(); k += 2) {
            pairs.add(Quoted.value(names.get(k)) + " and " + Quoted.value(names.get(k + 1)));
        }
        return facts.identicalUnits() + " units have exactly the outcomes of another unit, such as "
                + String.join(", ", pairs)
                + "; if they are one unit under two names, it counts twice and intervals are too short; keep one of them";
    }

    private static String repeated(Panel panel, OutcomeFacts.RepeatedExtreme extreme) {
        return "the outcome " + number(extreme.value()) + " stands in " + extreme.cells() + " cells, first in unit "
                + Quoted.value(extreme.unit()) + " and period "
                + Quoted.value(panel.periodNames().get(extreme.period()))
                + ", and lies far from all others (the next is "
                + number(extreme.next())
                + "); if it is a code for a missing outcome, mark those cells as missing";
    }

    private static String number(double value) {
        boolean isWhole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return isWhole ? Long.toString((long) value) : Double.toString(value);
    }
}
