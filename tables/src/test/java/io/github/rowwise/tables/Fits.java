package io.github.rowwise.tables;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small fits with everything that a table has to show: three arms, missing cells, a unit that lacks an arm. */
public final class Fits {

    /** Never under the second treatment. */
    public static final String LACKING = "u3";

    private static final UnitEffects MODEL =
            FactorModelEstimator.withDefaults().withBackend("ejml").fit(panel(3));

    private static final UnitEffects SPECTRAL =
            SpectralEstimator.withDefaults().withBackend("ejml").fit(panel(2));

    private Fits() {}

    /** Returns a result of the factor model, with two treatments. */
    public static UnitEffects model() {
        return MODEL;
    }

    /** Returns a result of the spectral method, with one treatment. */
    public static UnitEffects spectral() {
        return SPECTRAL;
    }

    private static Panel panel(int arms) {
        Random random = new Random(3);
        PanelBuilder builder = Panel.builder()
                .armNames(new ArrayList<>(List.of("none", "ads", "coupons").subList(0, arms)));
        for (int unit = 0; unit < 14; unit++) {
            double level = random.nextGaussian();
            for (int period = 1; period <= 12; period++) {
                int arm = random.nextInt(arms);
                if (unit == 3 && arm == arms - 1) {
                    arm = 0;
                }
                double outcome = level + .3 * period + arm + .3 * random.nextGaussian();
                if (unit != 5 || period != 4) {
                    builder.add("u" + unit, String.valueOf(period), arm, outcome);
                }
            }
        }
        return builder.build();
    }
}
