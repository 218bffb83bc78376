package org.example;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.Observation;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Creates a panel from rows in any order, with two treatments and control, and shows errors of invalid input. */
final class FromObservations {

    private FromObservations() {}

    static List<Observation> observations() {
        List<Observation> rows = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(11);
        for (int day = 1; day <= 60; day++) {
            for (int patient = 0; patient < 20; patient++) {
                int arm = random.nextInt(3);
                double effect = arm * (1 + patient / 10.0);
                rows.add(new Observation("patient " + patient, "day " + (100 + day), arm, effect + random.nextGaussian()));
            }
        }
        return rows;
    }

    static void run() {
        Panel panel = Panel.builder()
                .armNames(List.of("placebo", "low dose", "high dose"))
                .addAll(observations())
                .build();

        PanelDiagnostics diagnostics = PanelDiagnostics.of(panel);
        System.out.println("pattern " + diagnostics.pattern() + ", missing cells " + diagnostics.missingCells());

        UnitEffects effects = FactorModelEstimator.withDefaults().fit(panel);
        double[] q = effects.qValues();
        for (int arm = 1; arm < panel.arms(); arm++) {
            int discoveries = 0;
            for (int k = 0; k < q.length; k++) {
                UnitEffect effect = effects.effects().get(k);
                discoveries += effect.arm() == arm && q[k] <= 0.05 ? 1 : 0;
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s: average ATE %.2f, q-value at most 0.05 in %d of %d patients%n",
                    panel.armNames().get(arm),
                    effects.averages(arm).ate().value(),
                    discoveries,
                    effects.averages(arm).units());
        }

        try {
            Panel.builder().add("a", "1", 0, 5).add("a", "1", 1, 6).build();
        } catch (InvalidPanelException e) {
            System.out.println("rejected: " + e.getMessage());
        }
        try {
            FactorModelEstimator.withDefaults()
                    .fit(Panel.of(
                            new double[][] {{1, 2}, {3, 5}},
                            new int[][] {{0, 1}, {0, 1}},
                            List.of("a", "b"),
                            List.of("1", "2")));
        } catch (NotIdentifiedException e) {
            System.out.println("rejected: " + e.getMessage());
        }
    }
}
