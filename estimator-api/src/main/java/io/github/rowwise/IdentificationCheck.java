package io.github.rowwise;

import io.github.rowwise.internal.pass.PassRunner;
import io.github.rowwise.panel.AssignmentPattern;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;

/** Checks that the assignment identifies at least one effect. */
final class IdentificationCheck {

    private IdentificationCheck() {}

    /** Rejects a panel whose assignment identifies no effect, with the reason. */
    static void require(Panel panel, PanelDiagnostics diagnostics, PassRunner runner) {
        if (diagnostics.pattern() == AssignmentPattern.COMMON_SHOCK) {
            throw new NotIdentifiedException("treatment never varies between units within a period (a common shock): "
                    + "in each of the " + panel.periods() + " periods all observed units are in the same arm, so an "
                    + "effect cannot be told from what else happened in that period; data are needed in which some "
                    + "units are treated while others are not");
        }
        if (!diagnostics.isAnyEstimable()) {
            String ofFirst =
                    panel.units() == 0 ? "" : "unit '" + panel.unitNames().get(0) + "': " + diagnostics.reason(0, 1);
            String example = runner.allReduce(ofFirst, (first, later) -> first.isEmpty() ? later : first);
            throw new NotIdentifiedException("no unit is estimable: none of the " + InternalPanels.allUnits(diagnostics)
                    + " units has observed periods both under control and under treatment; for example " + example);
        }
    }
}
