package io.github.rowwise.evaluation;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The control cells of a panel under pretended treatment. Each unit takes the treatment path of another unit, drawn at random, in its
 * own control cells; its treated cells are missing. The outcomes are the observed ones, plus an effect in the cells of pretended
 * treatment.
 *
 * @param panel the pretended panel
 * @param effects planted effect by arm (from 1, at index arm - 1) and unit; the same in all periods
 */
record PretendedPanel(Panel panel, double[][] effects) {

    /** Normal effects of mean and spread as a fit found them. */
    record Spread(double[] means, double[] deviations) {

        static Spread of(UnitEffects fitted) {
            int treatments = fitted.panel().arms() - 1;
            double[] means = new double[treatments];
            double[] deviations = new double[treatments];
            // Shrunken estimates vary less than the effects, others more.
            double sign = fitted.factorModel().isPresent() ? 1 : -1;
            for (int arm = 1; arm <= treatments; arm++) {
                double units = 0;
                double sum = 0;
                double squares = 0;
                double variances = 0;
                for (UnitEffect effect : fitted.effects()) {
                    Estimate att = effect.att();
                    if (effect.arm() == arm && att.isAvailable()) {
                        units++;
                        sum += att.value();
                        squares += att.value() * att.value();
                        variances += att.hasStandardError() ? att.standardError() * att.standardError() : 0;
                    }
                }
                double mean = units == 0 ? 0 : sum / units;
                means[arm - 1] = mean;
                deviations[arm - 1] = units == 0
                        ? 0
                        : Math.sqrt(Math.max(0, squares / units - mean * mean + sign * variances / units));
            }
            return new Spread(means, deviations);
        }
    }

    /** Draws a panel; empty if an arm has no cells in it. */
    static Optional<PretendedPanel> draw(Panel panel, Spread spread, SplittableRandom random) {
        int units = panel.units();
        double[][] effects = new double[panel.arms() - 1][units];
        PanelCells cells = Panel.cells(panel.unitNames(), panel.periodNames(), panel.armNames(), panel.storage());
        double[] outcomes = new double[panel.periods()];
        byte[] arms = new byte[panel.periods()];
        double[] ignored = new double[panel.periods()];
        byte[] path = new byte[panel.periods()];
        for (int unit = 0; unit < units; unit++) {
            int donor = random.nextInt(units - 1);
            for (int arm = 0; arm < effects.length; arm++) {
                effects[arm][unit] = spread.means()[arm] + spread.deviations()[arm] * random.nextGaussian();
            }
            panel.readRow(unit, outcomes, arms);
            panel.readRow(donor < unit ? donor : donor + 1, ignored, path);
            int before = 0;
            for (int j = 0; j < arms.length; j++) {
                before = path[j] < 0 ? before : path[j];
                if (arms[j] == 0) {
                    cells.set(unit, j, before, outcomes[j] + (before == 0 ? 0 : effects[before - 1][unit]));
                }
            }
        }
        try {
            return Optional.of(new PretendedPanel(cells.build(), effects));
        } catch (InvalidPanelException e) {
            return Optional.empty();
        }
    }
}
