package io.github.rowwise;

import io.github.rowwise.effects.AverageEffects;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.internal.factor.FactorModelFit;
import io.github.rowwise.internal.factor.summary.FactorEffects;
import io.github.rowwise.internal.factor.summary.UnitSummaries;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.panel.Warning;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What a result says of a factor model, from the fit of the core. */
final class FactorModelResults {

    private FactorModelResults() {}

    /** Returns the averages over the estimable units, by arm from the first treatment on. */
    static List<AverageEffects> averages(FactorModelFit result, PanelView view, List<BitSet> estimable) {
        double scale = view.scale();
        FactorEffects effects = result.effects();
        List<AverageEffects> byArm = new ArrayList<>();
        for (int arm = 1; arm <= estimable.size(); arm++) {
            int units = view.runner().allReduce(estimable.get(arm - 1).cardinality(), Math::addExact);
            Estimate[] averages = new Estimate[FactorEffects.AVERAGES];
            for (int estimand = 0; estimand < averages.length; estimand++) {
                averages[estimand] = units == 0
                        ? Estimate.unavailable("no unit is estimable")
                        : Estimate.of(
                                effects.average(arm, estimand) / scale,
                                Math.sqrt(effects.averageVariance(arm, estimand)) / scale,
                                effects.averageDegreesOfFreedom());
            }
            byArm.add(new AverageEffects(arm, averages[0], averages[1], averages[2], averages[3], units));
        }
        return List.copyOf(byArm);
    }

    /** Returns the warnings of a fit, those of its attributes first. */
    static List<Warning> warnings(PanelView view, FactorModelFit model, AttributeDesign design, int iterations) {
        List<Warning> warnings = new ArrayList<>(design.warnings());
        if (!UnitSummaries.hasStandardErrors(view.allUnits(), view.periods())) {
            warnings.add(new Warning(
                    Warning.Kind.NO_STANDARD_ERRORS,
                    "levels, effects and period effects describe " + view.allUnits() + " units in " + view.periods()
                            + " periods almost exactly, so the noise is not known and there are no standard errors; more"
                            + " units or periods are needed"));
        }
        if (!model.converged()) {
            warnings.add(new Warning(
                    Warning.Kind.NOT_CONVERGED,
                    "the factor model had not fully converged after " + iterations
                            + " iterations; effects rarely change further"
                            + (model.startRank() > 1
                                    ? ", and a fit that starts from fewer factors converges sooner"
                                    : "")));
        }
        if (model.startRank() > 0
                && model.rank() == model.startRank()
                && model.rank() < Math.min(view.allUnits(), view.periods()) / 2) {
            warnings.add(new Warning(
                    Warning.Kind.ALL_FACTORS_KEPT,
                    (model.rank() == 1 ? "the factor" : "all " + model.rank() + " factors")
                            + " that the fit started from " + (model.rank() == 1 ? "was" : "were")
                            + " kept, so it may need more, and intervals may be too short; start from more until some are"
                            + " dropped"));
        }
        return warnings;
    }
}
