package io.github.rowwise.evaluation;

import io.github.rowwise.Estimator;
import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/** Fits pretended panels and counts how often intervals of units hold the planted effect. */
final class PretendedAdoption {

    /** Fewer intervals do not tell coverage. */
    private static final int LEAST_INTERVALS = 20;

    private final Panel panel;
    private final Estimator estimator;
    private final double level;

    /** Error of each judged estimate over half the width of its interval. */
    private final List<Double> ratios = new ArrayList<>();

    private final int[] judged;
    private final int[] missed;

    private PretendedAdoption(Panel panel, Estimator estimator, double level) {
        this.panel = panel;
        this.estimator = estimator;
        this.level = level;
        this.judged = new int[panel.units()];
        this.missed = new int[panel.units()];
    }

    static CoverageCheck check(
            UnitEffects fitted, Estimator estimator, int draws, double level, long seed, IntConsumer watcher) {
        PretendedAdoption check = new PretendedAdoption(fitted.panel(), estimator, level);
        PretendedPanel.Spread spread = PretendedPanel.Spread.of(fitted);
        SplittableRandom random = new SplittableRandom(seed);
        int done = 0;
        for (int draw = 1; draw <= draws; draw++) {
            watcher.accept(draw);
            Optional<PretendedPanel> pretended = PretendedPanel.draw(fitted.panel(), spread, random.split());
            if (pretended.isPresent() && check.judge(pretended.get())) {
                done++;
            }
        }
        return check.result(done);
    }

    private boolean judge(PretendedPanel pretended) {
        UnitEffects effects;
        try {
            effects = estimator.fit(pretended.panel());
        } catch (NotIdentifiedException e) {
            return false;
        }
        for (int unit = 0; unit < panel.units(); unit++) {
            for (int arm = 1; arm < panel.arms(); arm++) {
                UnitEffect effect = effects.effect(unit, arm);
                Estimate att = effect.att();
                if (att.hasStandardError() && effect.controlPeriods() >= HiddenTransitions.LEAST_CELLS) {
                    double error = Math.abs(att.value() - pretended.effects()[arm - 1][unit]);
                    double ratio = error / (att.standardError() * att.quantile(level));
                    ratios.add(ratio);
                    judged[unit]++;
                    missed[unit] += ratio > 1 ? 1 : 0;
                }
            }
        }
        return true;
    }

    private CoverageCheck result(int draws) {
        int units = 0;
        for (int count : judged) {
            units += count > 0 ? 1 : 0;
        }
        if (ratios.size() < LEAST_INTERVALS || units < 2) {
            return new CoverageCheck(
                    Verdict.NOT_MADE,
                    "too few control cells for treatments to be pretended: " + ratios.size()
                            + " intervals could be judged, and it takes " + LEAST_INTERVALS,
                    draws,
                    ratios.size(),
                    units,
                    level,
                    Double.NaN,
                    1);
        }
        Collections.sort(ratios);
        int rank = (int) Math.ceil((ratios.size() + 1) * level);
        double widening = Math.max(1, ratios.get(Math.min(rank, ratios.size()) - 1));
        long held = ratios.stream().filter(ratio -> ratio <= 1).count();
        double coverage = held / (double) ratios.size();
        Verdict verdict = verdict(coverage, units);
        return new CoverageCheck(
                verdict,
                conclusion(verdict, coverage, widening),
                draws,
                ratios.size(),
                units,
                level,
                coverage,
                widening);
    }

    /** A unit's intervals are taken together, because they rest on the same outcomes. */
    private Verdict verdict(double coverage, int units) {
        double sum = 0;
        for (int unit = 0; unit < judged.length; unit++) {
            double deviation = missed[unit] - judged[unit] * (1 - coverage);
            sum += deviation * deviation;
        }
        double clustered = sum * units / (units - 1.0);
        double promised = level * (1 - level) * ratios.size();
        double error = Math.sqrt(Math.max(clustered, promised)) / ratios.size();
        if (coverage < level - 2 * error) {
            return coverage < level - TOLERATED ? Verdict.FAILED : Verdict.SMALL;
        }
        return coverage + TOLERATED < level || 2 * error > 2 * TOLERATED ? Verdict.INCONCLUSIVE : Verdict.PASSED;
    }

    /** Coverage that is less too low than this does not matter. */
    private static final double TOLERATED = 0.03;

    private String conclusion(Verdict verdict, double coverage, double widening) {
        String counts = String.format(
                Locale.ROOT,
                "%.0f %% of %,d intervals of the level %s %% hold the planted effect of a pretended treatment",
                100 * coverage,
                ratios.size(),
                GapVerdicts.number(100 * level));
        return counts
                + switch (verdict) {
                    case PASSED -> "";
                    case INCONCLUSIVE -> ", which are too few to be sure";
                    default ->
                        ", so intervals are too narrow; they would have to be wider by the factor "
                                + GapVerdicts.number(widening);
                };
    }
}
