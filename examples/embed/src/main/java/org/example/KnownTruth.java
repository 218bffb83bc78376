package org.example;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.evaluation.Accuracy;
import io.github.rowwise.evaluation.Evaluation;
import io.github.rowwise.evaluation.MethodAccuracy;
import io.github.rowwise.evaluation.PanelEvaluation;
import io.github.rowwise.simulation.PanelSimulation;
import io.github.rowwise.simulation.PanelSimulation.Assignment;
import io.github.rowwise.simulation.SimulatedPanel;
import java.util.Locale;

/** Compares estimates with the known effects of a simulated panel, and evaluates methods on a panel of one's own. */
final class KnownTruth {

    private KnownTruth() {}

    static void run() {
        SimulatedPanel simulated = PanelSimulation.withDefaults()
                .withSize(60, 80)
                .withAssignment(Assignment.CONFOUNDED)
                .withMissing(0.1)
                .generate();

        UnitEffects effects = FactorModelEstimator.withDefaults().fit(simulated.panel());
        Accuracy accuracy = Accuracy.of(
                effects.effects().stream().map(UnitEffect::ate).toList(), simulated.ate(), 0.95);
        System.out.printf(
                Locale.ROOT,
                "simulated: RMSE %.3f, coverage %.2f, worst row %.2f%n",
                accuracy.rmse(),
                accuracy.coverage(),
                effects.effectMatrix().worstRowError(simulated.effects()));

        Evaluation evaluation = PanelEvaluation.withDefaults()
                .withMethod("factor model", FactorModelEstimator.withDefaults())
                .withMethod("Algorithm 1", SpectralEstimator.withDefaults())
                .withDraws(2)
                .run(FromArrays.panel());
        for (MethodAccuracy method : evaluation.methods()) {
            System.out.printf(
                    Locale.ROOT,
                    "%s: RMSE %.3f%n",
                    method.method(),
                    method.accuracy().rmse());
        }
    }
}
