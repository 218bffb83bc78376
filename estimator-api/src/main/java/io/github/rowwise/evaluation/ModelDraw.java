package io.github.rowwise.evaluation;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.FactorModel;
import io.github.rowwise.effects.InternalEffects;
import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.factor.FactorModelFit;
import io.github.rowwise.internal.factor.model.UnitPrior;
import io.github.rowwise.internal.factor.summary.OnsetTimes;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelCells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A panel drawn from a fitted factor model, with the assignment and the gaps of the panel that was fitted.
 *
 * <p>The untreated outcomes are the fitted ones; each unit's effects are drawn from the prior given its level; noise is
 * normal and autoregressive with the unit's own variance and correlation, and starts anew after a gap.
 *
 * @param panel the drawn panel
 * @param ate true ATE_i by arm (from 1, at index arm - 1) and unit
 * @param att true ATT_i over the observed periods in the arm, NaN where there is none
 * @param effects true effect matrix by arm
 */
record ModelDraw(Panel panel, double[][] ate, double[][] att, List<LowRankMatrix> effects) {

    /** Draws from a fit of the factor model. */
    static ModelDraw of(UnitEffects fitted, SplittableRandom random) {
        return new Drawing(fitted.panel(), fitted.factorModel().orElseThrow(), coefficients(fitted)).draw(random);
    }

    private static double[] coefficients(UnitEffects fitted) {
        return fitted.covariates().values().stream()
                .mapToDouble(Estimate::value)
                .toArray();
    }

    private static final class Drawing {

        private final Panel panel;
        private final double scale;
        private final FactorModelFit fit;
        private final UnitPrior prior;
        private final UnitPrior.EffectDraws effectDraws;
        private final int width;
        private final DenseMatrix effectFactors;
        private final double[] signs;
        private final @Nullable OnsetTimes onsetTimes;
        private final double[][] onsets;
        private final DenseMatrix[] effectLoadings;
        private final double[][] ate;
        private final double[][] att;
        private final PanelCells cells;

        /** Coefficients of the covariates. */
        private final double[] coefficients;

        Drawing(Panel panel, FactorModel model, double[] coefficients) {
            this.coefficients = coefficients;
            this.panel = panel;
            this.scale = InternalEffects.scale(model);
            this.fit = InternalEffects.fitted(model);
            this.prior = fit.prior();
            this.effectDraws = prior.effectDraws();
            int treatments = panel.arms() - 1;
            // A unit's d holds one arm's effects after the other's, and then one arm's onset coefficients after the
            // other's.
            this.width = prior.size().effects();
            this.effectFactors = fit.factors().rowRange(0, width);
            this.signs = new double[prior.size().coefficients() - prior.size().levels()];
            Arrays.setAll(signs, k -> k < width * treatments ? sign(effectFactors, k % width) : 1);
            this.onsetTimes = fit.effects().onsets();
            this.onsets = new double[treatments][panel.units() * prior.size().onsets()];
            this.effectLoadings = new DenseMatrix[treatments];
            Arrays.setAll(effectLoadings, arm -> DenseMatrix.zeros(panel.units(), width));
            this.ate = new double[treatments][panel.units()];
            this.att = new double[treatments][panel.units()];
            this.cells = Panel.cells(
                    panel.unitNames(),
                    panel.periodNames(),
                    panel.armNames(),
                    panel.covariateNames(),
                    OutcomeStorage.DOUBLE);
        }

        /** A factor's sign is the backend's choice. That of its largest entry makes all backends draw the same panel. */
        private static double sign(DenseMatrix factors, int row) {
            double largest = 0;
            for (int period = 0; period < factors.columns(); period++) {
                double value = factors.get(row, period);
                largest = Math.abs(value) > Math.abs(largest) ? value : largest;
            }
            return largest < 0 ? -1 : 1;
        }

        ModelDraw draw(SplittableRandom random) {
            for (int unit = 0; unit < panel.units(); unit++) {
                drawUnit(unit, random.split());
            }
            List<LowRankMatrix> effects = new ArrayList<>();
            for (DenseMatrix loadings : effectLoadings) {
                effects.add(LowRankMatrix.of(loadings, effectFactors));
            }
            return new ModelDraw(cells.build(), ate, att, List.copyOf(effects));
        }

        private void drawUnit(int unit, SplittableRandom random) {
            double[] level = new double[prior.size().levels()];
            // The prior is that of a unit of scale 1.
            double unitScale = unitScale(unit);
            level[0] = fit.unitMeans().get(0)[unit] / unitScale;
            for (int k = 1; k < level.length; k++) {
                level[k] = fit.loadings().get(0).get(unit, k - 1) / unitScale;
            }
            double[] d = effectDraws.draw(unit, level, signs, random);
            for (int k = 0; k < d.length; k++) {
                d[k] *= unitScale;
            }
            for (int k = 0; k < width * ate.length; k++) {
                effectLoadings[k / width].set(unit, k % width, d[k] / scale);
            }
            setOnsets(unit, d);
            double deviation = Math.sqrt(prior.noise()[unit]) * unitScale;
            double correlation = prior.correlation()[unit];
            double stationary = deviation / Math.sqrt(1 - correlation * correlation);
            int[] seen = new int[ate.length];
            double[][] covariates = covariates(unit);
            double[] values = new double[coefficients.length];
            double[] means = new double[coefficients.length];
            Arrays.setAll(
                    means,
                    k -> Arrays.stream(covariates[k])
                            .filter(value -> !Double.isNaN(value))
                            .average()
                            .orElse(0));
            double noise = 0;
            boolean isStart = true;
            for (int period = 0; period < panel.periods(); period++) {
                boolean isObserved = panel.isObserved(unit, period);
                int arm = isObserved ? panel.arm(unit, period) : 0;
                double effect = 0;
                for (int a = 0; a < ate.length; a++) {
                    double here = effect(unit, period, a);
                    ate[a][unit] += here / panel.periods();
                    if (arm == a + 1) {
                        effect = here + onset(unit, period, arm);
                        att[a][unit] += here;
                        seen[a]++;
                    }
                }
                if (isObserved) {
                    double inPeriod = 1 / Math.sqrt(prior.precisions()[period]);
                    noise = isStart
                            ? stationary * inPeriod * random.nextGaussian()
                            : correlation * noise + deviation * inPeriod * random.nextGaussian();
                    double outcome = (untreated(unit, period) + noise) / scale + effect;
                    for (int k = 0; k < values.length; k++) {
                        values[k] = covariates[k][period];
                        outcome += coefficients[k] * (values[k] - means[k]);
                    }
                    cells.set(unit, period, arm, outcome, values);
                }
                isStart = !isObserved;
            }
            for (int a = 0; a < ate.length; a++) {
                att[a][unit] /= seen[a];
            }
        }

        /** Returns the covariates of a unit by period, NaN where a cell is missing. */
        private double[][] covariates(int unit) {
            double[][] covariates = new double[coefficients.length][];
            Arrays.setAll(covariates, k -> panel.covariate(k, unit, 1));
            return covariates;
        }

        private double unitScale(int unit) {
            return fit.unitScales().length == 0 ? 1 : fit.unitScales()[unit];
        }

        private double effect(int unit, int period, int treatment) {
            double sum = 0;
            for (int k = 0; k < width; k++) {
                sum += effectLoadings[treatment].get(unit, k) * effectFactors.get(k, period);
            }
            return sum;
        }

        /** Sets the drawn onset coefficients of a unit, and adds their average effects to the constant ones. */
        private void setOnsets(int unit, double[] d) {
            OnsetTimes times = onsetTimes;
            int terms = prior.size().onsets();
            for (int k = 0; times != null && k < ate.length * terms; k++) {
                int treatment = k / terms;
                double coefficient = d[width * ate.length + k] / scale;
                onsets[treatment][unit * terms + k % terms] = coefficient;
                double constant = effectLoadings[treatment].get(unit, 0);
                effectLoadings[treatment].set(
                        unit, 0, constant + coefficient * times.average(treatment + 1, unit, k % terms));
            }
        }

        /** What the effect in a cell deviates from the unit's average by the time since the start. */
        private double onset(int unit, int period, int arm) {
            OnsetTimes times = onsetTimes;
            return times == null ? 0 : times.deviation(arm, unit, period, onsets[arm - 1]);
        }

        private double untreated(int unit, int period) {
            DenseMatrix loadings = fit.loadings().get(0);
            double sum = fit.unitMeans().get(0)[unit];
            for (int k = 0; k < loadings.columns(); k++) {
                sum += loadings.get(unit, k) * fit.factors().get(k + 1, period);
            }
            return sum + fit.factors().get(loadings.columns() + 1, period) * unitScale(unit);
        }
    }
}
