package io.github.rowwise.effects;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.RankRule;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.Warning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Results with everything that a result can have, and all that can be read of one. */
final class Results {

    private Results() {}

    /** Three arms, gaps, switches back and forth, units that lack an arm or any cell. */
    static Panel panel() {
        SplittableRandom random = new SplittableRandom(3);
        int n = 24;
        int m = 30;
        double[][] outcomes = new double[n][m];
        int[][] arms = new int[n][m];
        for (int i = 0; i < n; i++) {
            int arm = 0;
            double level = random.nextGaussian();
            for (int j = 0; j < m; j++) {
                if (random.nextInt(6) == 0) {
                    arm = i < 2 ? 0 : i < 4 ? 1 : random.nextInt(3);
                }
                arms[i][j] = i == 2 ? 1 : arm;
                outcomes[i][j] = i == 5 || random.nextInt(9) == 0
                        ? Double.NaN
                        : 1e3 * (level + level * Math.sin(j) + arms[i][j] + 0.3 * random.nextGaussian());
            }
        }
        return Panel.of(
                outcomes,
                arms,
                IntStream.range(0, n).mapToObj(i -> "unit " + i).toList(),
                IntStream.range(0, m).mapToObj(j -> "2024-" + (j + 10)).toList());
    }

    static Map<String, UnitEffects> all(Panel panel) {
        Map<String, UnitEffects> results = new LinkedHashMap<>();
        FactorModelEstimator factors =
                FactorModelEstimator.withDefaults().withBackend("ejml").withRankLimit(3);
        results.put("factor model", factors.fit(panel));
        results.put(
                "factor model with errors of cells, automatic form, at level 0.9",
                factors.withCellErrors(true)
                        .withEffects(EffectsForm.AUTO)
                        .withConfidenceLevel(0.9)
                        .fit(panel));
        results.put(
                "constant effects with errors of cells",
                factors.withCellErrors(true).withEffects(EffectsForm.CONSTANT).fit(panel));
        SpectralEstimator spectral = SpectralEstimator.withDefaults().withBackend("ejml");
        results.put("spectral", spectral.fit(panel));
        results.put(
                "spectral with neighbouring ranks",
                spectral.withRank(RankRule.fixed(2)).withNeighbouringRanks(true).fit(panel));
        results.put(
                "by hand",
                UnitEffects.builder(panel)
                        .method("by hand, \"quoted\"")
                        .option("ü", "1\n2")
                        .posterior()
                        .seed(-1)
                        .warning(new Warning(Warning.Kind.NOT_CONVERGED, "made up"))
                        .effect(4, 1, Estimate.of(2, 1, Double.POSITIVE_INFINITY))
                        .build());
        return results;
    }

    /** All that can be asked of a result, in words that differ where a bit of a number does. */
    static List<String> everything(UnitEffects effects) {
        List<String> all = new ArrayList<>();
        Panel panel = effects.panel();
        all.add(panel.unitNames() + " " + panel.periodNames() + " " + panel.armNames() + " " + panel.storage() + " "
                + panel.observedCells() + " " + panel.fingerprint());
        effects.effects().forEach(effect -> all.add(effect + exact(effect.ate(), effect.att(), effect.atu())));
        all.add(Arrays.toString(effects.qValues())
                + Arrays.toString(effects.probabilitiesPositive())
                + Arrays.toString(effects.probabilitiesTopDecile()));
        all.add(effects.simultaneousIntervals().toString());
        effects.predictions().forEach(entry -> all.add(entry + exact(entry.ate())));
        effects.neighbouringRanks().forEach(entry -> all.add(entry + exact(entry.oneFewer(), entry.oneMore())));
        all.add(effects.confidenceLevel() + " "
                + effects.warnings().stream()
                        .map(warning -> warning.kind() + " " + warning)
                        .toList());
        Provenance from = effects.provenance();
        all.add(from.version()
                + from.method()
                + from.options()
                + from.seed()
                + from.backend()
                + from.backendVersion()
                + from.dataHash());
        for (int arm = 0; arm < panel.arms(); arm++) {
            int index = arm;
            all.add(of(() -> {
                Spectrum spectrum = effects.spectrum(index);
                return spectrum + " " + spectrum.threshold() + spectrum.gap() + spectrum.signalToNoise()
                        + spectrum.noiseScale() + " " + spectrum.largestOutcome();
            }));
            all.add(of(() -> matrix(effects.outcomeMatrix(index))));
            all.add(effects.diagnostics().periodsWithout(arm) + " " + panel.cellsInArm(arm));
        }
        for (int arm = 1; arm < panel.arms(); arm++) {
            int index = arm;
            AverageEffects averages = effects.averages(arm);
            all.add(averages + exact(averages.ate(), averages.att(), averages.atu(), averages.attOverCells()));
            all.add(of(() -> matrix(effects.effectMatrix(index))));
            all.add(of(() -> {
                StringBuilder text = new StringBuilder();
                effects.byPeriod(index).forEach(at -> text.append(at).append(exact(at.effect())));
                effects.byEventTime(index).forEach(at -> text.append(at).append(exact(at.effect())));
                effects.preTrends(index).forEach(at -> text.append(at).append(exact(at.gap())));
                for (int unit = 0; unit < panel.units(); unit++) {
                    for (int period = 0; period < panel.periods(); period++) {
                        text.append(exact(effects.cellEffect(unit, index, period)));
                    }
                }
                return text.toString();
            }));
            for (int unit = 0; unit < panel.units(); unit++) {
                all.add(effects.diagnostics().grade(unit, arm)
                        + effects.diagnostics().reason(unit, arm)
                        + effects.diagnostics().propensity(unit, arm)
                        + effects.diagnostics().isEstimable(unit, arm)
                        + effects.diagnostics().cells(unit, arm));
            }
        }
        all.add(effects.diagnostics().pattern()
                + Arrays.toString(effects.diagnostics().cellsPerArm())
                + effects.diagnostics().missingCells() + " "
                + effects.diagnostics().effectiveTreatmentPaths()
                + effects.diagnostics().isClusteredTreatment()
                + effects.diagnostics().isAnyEstimable()
                + effects.diagnostics().warnings());
        effects.factorModel()
                .ifPresent(model -> all.add(model + " " + model.effectsForm() + model.evidenceGain() + model.rank()
                        + " " + model.startRank() + " " + model.noiseStandardDeviation() + " "
                        + Arrays.toString(model.periodScales()) + model.passes() + model.isConverged()
                        + Arrays.toString(model.evidenceBounds())));
        all.add(effects.toString());
        all.add(Boolean.toString(effects.hasCompletedOutcomes()));
        return all;
    }

    private static String of(Supplier<String> text) {
        try {
            return text.get();
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static String matrix(LowRankMatrix matrix) {
        StringBuilder text = new StringBuilder();
        for (int unit = 0; unit < matrix.units(); unit++) {
            text.append(matrix.isAvailable(unit) ? Arrays.toString(matrix.row(unit)) : "-");
        }
        return text
                + Arrays.toString(matrix.loadings().values())
                + Arrays.toString(matrix.factors().values());
    }

    private static String exact(Estimate... estimates) {
        StringBuilder text = new StringBuilder();
        for (Estimate estimate : estimates) {
            text.append(' ')
                    .append(estimate)
                    .append(estimate.hasStandardError() ? " df " + estimate.degreesOfFreedom() : "");
        }
        return text.toString();
    }
}
