package org.example.modular;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.linalg.Kernels;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.simulation.PanelSimulation;
import java.util.Locale;

/** Fits a simulated panel in a named module. */
public final class ModularExample {

    private ModularExample() {}

    public static void main(String[] arguments) {
        LinearAlgebra backend = Backends.select();
        UnitEffects effects = FactorModelEstimator.withDefaults()
                .withBackend(backend)
                .fit(PanelSimulation.withDefaults().withSize(40, 30).generate().panel());
        System.out.printf(
                Locale.ROOT,
                "%s, %s %s, %s kernels: ATE of the first unit %.6f%n",
                ModularExample.class.getModule(),
                backend.name(),
                backend.version(),
                Kernels.installed().isPresent() ? "vector" : "portable",
                effects.effect(0, 1).ate().value());
    }
}
