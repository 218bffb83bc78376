package org.example;

import io.github.rowwise.Panel;
import io.github.rowwise.PanelSimulation;
import io.github.rowwise.RowScaledSpectralEstimator;
import io.github.rowwise.UnitEffect;
import io.github.rowwise.UnitEffects;
import io.github.rowwise.linalg.BackendReport;
import io.github.rowwise.linalg.Backends;
import java.util.Locale;

/** Estimates the effects of a simulated panel with whichever backend the build brought. */
public final class Embed {

    private Embed() {}

    public static void main(String[] arguments) {
        for (BackendReport report : Backends.report()) {
            System.out.println("found " + report.name() + ": " + report.detail());
        }

        Panel panel = PanelSimulation.withDefaults().withSize(40, 60).withMissing(0.1).generate().panel();
        UnitEffects effects = RowScaledSpectralEstimator.withDefaults().fit(panel);

        System.out.println("backend " + effects.provenance().backend() + " " + effects.provenance().backendVersion());
        StringBuilder line = new StringBuilder("effects");
        for (UnitEffect unit : effects.units()) {
            line.append(String.format(Locale.ROOT, " %.8f", unit.ate().value()));
        }
        System.out.println(line);
    }
}
