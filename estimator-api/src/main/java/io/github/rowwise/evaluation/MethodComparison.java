package io.github.rowwise.evaluation;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.internal.stats.BenjaminiHochberg;
import io.github.rowwise.internal.stats.StudentT;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.Panel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Compares the effects of a fit with those of other methods, unit by unit. */
final class MethodComparison {

    /** Share of the units in which methods may disagree before it matters. */
    private static final double FEW = 0.05;

    private final UnitEffects effects;
    private final double bound;
    private final List<MethodAgreement> methods = new ArrayList<>();

    MethodComparison(UnitEffects effects, double bound) {
        this.effects = effects;
        this.bound = bound;
    }

    /** Compares with another fit. */
    void add(String name, UnitEffects other) {
        add(name, (unit, arm) -> estimate(other.effect(unit, arm), isByAtt(unit, arm)));
    }

    /** Records a method that gives no answer. */
    void addNothing(String name) {
        methods.add(new MethodAgreement(
                name, 0, Estimate.unavailable("the method gives no answer"), Double.NaN, List.of()));
    }

    /** Compares with least squares of unit and period effects. Its standard errors allow for serial correlation. */
    void addTwoWay() {
        Panel panel = effects.panel();
        TwoWayFixedEffects.Residuals residuals = TwoWayFixedEffects.residuals(panel);
        double correlation = Math.min(0.99, residuals.correlation());
        double inflation = (1 + correlation) / (1 - correlation);
        List<double[]> byArm = new ArrayList<>();
        for (int arm = 1; arm < panel.arms(); arm++) {
            byArm.add(TwoWayFixedEffects.effects(panel, arm));
        }
        add("two-way fit", (unit, arm) -> {
            double value = byArm.get(arm - 1)[unit];
            UnitEffect cells = effects.effect(unit, arm);
            double variance = inflation
                    * residuals.variances()[unit]
                    * (1.0 / cells.treatedPeriods() + 1.0 / cells.controlPeriods());
            int freedom = cells.treatedPeriods() + cells.controlPeriods() - 2;
            return Double.isNaN(value)
                    ? Estimate.unavailable("the unit lacks an arm")
                    : Estimate.of(value, Math.sqrt(variance), freedom);
        });
    }

    private interface Other {
        Estimate of(int unit, int arm);
    }

    private boolean isByAtt(int unit, int arm) {
        return effects.diagnostics().grade(unit, arm) == Grade.EXTRAPOLATED;
    }

    private static Estimate estimate(UnitEffect effect, boolean isByAtt) {
        return isByAtt ? effect.att() : effect.ate();
    }

    private void add(String name, Other other) {
        Panel panel = effects.panel();
        List<Disagreement> differences = new ArrayList<>();
        double[] sums = new double[6];
        for (int unit = 0; unit < panel.units(); unit++) {
            for (int arm = 1; arm < panel.arms(); arm++) {
                Estimate own = estimate(effects.effect(unit, arm), isByAtt(unit, arm));
                Estimate its = other.of(unit, arm);
                if (own.hasStandardError() && its.hasStandardError()) {
                    differences.add(new Disagreement(panel.unitNames().get(unit), arm, own, its, pValue(own, its)));
                    double x = own.value();
                    double y = its.value();
                    add(sums, x, y);
                    sums[5] += own.standardError() * own.standardError() + its.standardError() * its.standardError();
                }
            }
        }
        differences.sort(Comparator.comparingDouble(Disagreement::qValue).reversed());
        BenjaminiHochberg qValues = new BenjaminiHochberg(differences.size(), 1);
        List<Disagreement> found = new ArrayList<>();
        for (int k = 0; k < differences.size(); k++) {
            Disagreement one = differences.get(k);
            double q = qValues.next(one.qValue(), differences.size() - k);
            if (q <= GapVerdicts.LEVEL) {
                found.add(new Disagreement(one.unit(), one.arm(), one.own(), one.other(), q));
            }
        }
        Collections.reverse(found);
        int n = differences.size();
        double covariance = n * sums[4] - sums[0] * sums[1];
        double spread = Math.sqrt(Math.max(0, n * sums[2] - sums[0] * sums[0]))
                * Math.sqrt(Math.max(0, n * sums[3] - sums[1] * sums[1]));
        methods.add(new MethodAgreement(
                name, n, meanDifference(sums, n), n < 3 || spread == 0 ? Double.NaN : covariance / spread, found));
    }

    private static Estimate meanDifference(double[] sums, int n) {
        if (n == 0) {
            return Estimate.unavailable("no unit has an interval by both methods");
        }
        double mean = (sums[0] - sums[1]) / n;
        double spread = (sums[2] + sums[3] - 2 * sums[4] - n * mean * mean) / Math.max(1, n - 1);
        return Estimate.of(mean, Math.sqrt(Math.max(spread, sums[5] / n) / n), n - 1.0);
    }

    private static void add(double[] sums, double x, double y) {
        sums[0] += x;
        sums[1] += y;
        sums[2] += x * x;
        sums[3] += y * y;
        sums[4] += x * y;
    }

    /** Both methods see the same outcomes, so that independent errors rather overstate the error of the difference. */
    private static double pValue(Estimate own, Estimate its) {
        double a = own.standardError() * own.standardError();
        double b = its.standardError() * its.standardError();
        double freedom = (a + b) * (a + b) / (a * a / own.degreesOfFreedom() + b * b / its.degreesOfFreedom());
        return StudentT.twoSidedTail((own.value() - its.value()) / Math.sqrt(a + b), freedom);
    }

    AgreementCheck result() {
        int compared = 0;
        Verdict worst = Verdict.PASSED;
        List<String> parts = new ArrayList<>();
        for (MethodAgreement method : methods) {
            if (method.compared() > 0) {
                compared = Math.max(compared, method.compared());
                Verdict verdict = verdict(method);
                worst = verdict.compareTo(worst) > 0 ? verdict : worst;
                parts.add(words(method));
            }
        }
        if (compared == 0) {
            return new AgreementCheck(Verdict.NOT_MADE, "no unit has an interval by two methods", methods);
        }
        return new AgreementCheck(worst, "the method " + String.join(", and ", parts), methods);
    }

    private Verdict verdict(MethodAgreement method) {
        double share = method.disagreements().size() / (double) method.compared();
        Verdict byUnit = share == 0 ? Verdict.PASSED : share <= FEW ? Verdict.SMALL : Verdict.FAILED;
        Verdict average = differs(method) ? GapVerdicts.verdict(method.meanDifference(), bound) : Verdict.PASSED;
        return average.compareTo(byUnit) > 0 ? average : byUnit;
    }

    private static boolean differs(MethodAgreement method) {
        Estimate difference = method.meanDifference();
        return difference.hasStandardError() && difference.pValue() <= GapVerdicts.LEVEL;
    }

    private static String words(MethodAgreement method) {
        int found = method.disagreements().size();
        String units = " in " + (found == 0 ? "all " : found + " of ") + method.compared() + " units";
        return (found == 0 ? "agrees" : "disagrees") + " with the " + method.method() + units
                + (differs(method)
                        ? (found == 0 ? ", but" : " and") + " differs from it by "
                                + GapVerdicts.number(method.meanDifference().value()) + " on average"
                        : "");
    }
}
