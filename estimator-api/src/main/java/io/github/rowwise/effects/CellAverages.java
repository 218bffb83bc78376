package io.github.rowwise.effects;

import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Averages by arm that need the panel's cells: by period, by event time and before treatment. Each is computed when it is
 * first asked for and then kept; {@link #computeAll} computes them while the cells can still be read.
 */
final class CellAverages {

    private final EffectsContent content;
    private final AtomicReferenceArray<List<PeriodEffect>> byPeriod;
    private final AtomicReferenceArray<List<EventTimeEffect>> byEventTime;
    private final AtomicReferenceArray<List<PreTrend>> preTrends;

    CellAverages(EffectsContent content) {
        this.content = content;
        int arms = content.panel().arms();
        this.byPeriod = new AtomicReferenceArray<>(arms);
        this.byEventTime = new AtomicReferenceArray<>(arms);
        this.preTrends = new AtomicReferenceArray<>(arms);
    }

    /** Averages that are known already, by arm from the first treatment on. */
    static CellAverages of(
            EffectsContent content,
            List<List<PeriodEffect>> byPeriod,
            List<List<EventTimeEffect>> byEventTime,
            List<List<PreTrend>> preTrends) {
        CellAverages known = new CellAverages(content);
        for (int arm = 1; arm <= byPeriod.size(); arm++) {
            known.byPeriod.set(arm, byPeriod.get(arm - 1));
            known.byEventTime.set(arm, byEventTime.get(arm - 1));
            known.preTrends.set(arm, preTrends.get(arm - 1));
        }
        return known;
    }

    /** The same averages for a result about another panel, all of them computed if there are completed outcomes. */
    CellAverages computeAll(EffectsContent other) {
        List<List<PeriodEffect>> periods = new ArrayList<>();
        List<List<EventTimeEffect>> times = new ArrayList<>();
        List<List<PreTrend>> before = new ArrayList<>();
        for (int arm = 1; arm < content.panel().arms() && content.outcomes() != null; arm++) {
            periods.add(byPeriod(arm));
            times.add(byEventTime(arm));
            before.add(preTrends(arm));
        }
        return of(other, periods, times, before);
    }

    List<PeriodEffect> byPeriod(int arm) {
        return get(byPeriod, arm, this::computeByPeriod);
    }

    List<EventTimeEffect> byEventTime(int arm) {
        return get(byEventTime, arm, this::computeByEventTime);
    }

    List<PreTrend> preTrends(int arm) {
        return get(preTrends, arm, this::computePreTrends);
    }

    private <T> List<T> get(AtomicReferenceArray<List<T>> kept, int arm, IntFunction<List<T>> computation) {
        Objects.checkIndex(arm - 1, kept.length() - 1);
        @Nullable List<T> known = kept.get(arm);
        if (known == null) {
            known = computation.apply(arm);
            kept.set(arm, known);
        }
        return known;
    }

    private List<PeriodEffect> computeByPeriod(int arm) {
        CompletedOutcomes outcomes = content.requireOutcomes("effects by period");
        double[] means = outcomes.effects(arm).columnMeans();
        double[] deviations = outcomes.meanDeviations(arm);
        Arrays.setAll(means, period -> means[period] + deviations[period]);
        Panel panel = content.panel();
        FactorModel model = content.model();
        int[] treated = new int[panel.periods()];
        for (RowBlock block : InternalPanels.blocks(panel)) {
            byte[] arms = block.arms();
            for (int cell = 0; cell < arms.length; cell++) {
                treated[cell % treated.length] += arms[cell] == arm ? 1 : 0;
            }
        }
        List<PeriodEffect> result = new ArrayList<>();
        for (int period = 0; period < treated.length; period++) {
            Estimate effect;
            if (Double.isNaN(means[period])) {
                effect = Estimate.unavailable("no unit is estimable");
            } else if (model == null) {
                effect = Estimate.withoutStandardError(means[period]);
            } else {
                effect = model.periodEffect(means[period], arm, period);
            }
            result.add(new PeriodEffect(panel.periodNames().get(period), effect, treated[period]));
        }
        return List.copyOf(result);
    }

    private List<EventTimeEffect> computeByEventTime(int arm) {
        CompletedOutcomes outcomes = content.requireOutcomes("effects by event time");
        return EventTimeAverages.effects(outcomes, content.panel(), arm, content.model());
    }

    private List<PreTrend> computePreTrends(int arm) {
        CompletedOutcomes outcomes = content.requireOutcomes("pre-trends");
        return EventTimeAverages.gaps(
                outcomes.effects(arm),
                outcomes.outcomes(0),
                outcomes.scale(),
                content.panel(),
                content.explained(),
                arm);
    }
}
