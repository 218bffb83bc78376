package io.github.rowwise.effects;

import io.github.rowwise.internal.assignment.Assignment;
import io.github.rowwise.internal.factor.FactorModelFit;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.model.UnitPrior;
import io.github.rowwise.internal.factor.summary.CellVariances;
import io.github.rowwise.internal.factor.summary.FactorEffects;
import io.github.rowwise.internal.factor.summary.OnsetTimes;
import io.github.rowwise.internal.io.ChecksummedOutput;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.Panel;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the body of a file of effects, which {@link EffectsReader} reads in the same order. */
final class EffectsWriter {

    private final ChecksummedOutput out;
    private final Map<String, Integer> texts = new HashMap<>();

    EffectsWriter(ChecksummedOutput out) {
        this.out = out;
    }

    @FunctionalInterface
    private interface Item<T> {
        void write(T item) throws IOException;
    }

    void write(EffectsContent content, CellAverages averages) throws IOException {
        Panel panel = content.panel();
        writePanel(panel);
        writeAssignment(InternalPanels.assignment(content.diagnostics()).contents());
        out.putDouble(content.confidenceLevel());
        writeProvenance(content.provenance());
        writeAll(content.spectra(), this::writeSpectrum);
        writeAll(content.warnings(), warning -> {
            writeText(warning.kind().name());
            writeText(warning.message());
        });
        writeAll(content.effects(), this::writeEffect);
        writeAll(content.predictions(), prediction -> {
            out.putInt(panel.unitIndex(prediction.unit()));
            out.putInt(prediction.arm());
            writeEstimate(prediction.ate());
        });
        writeAll(content.neighbouringRanks(), ranks -> {
            writeEstimate(ranks.oneFewer());
            writeEstimate(ranks.oneMore());
        });
        writeAll(content.averages(), this::writeAverages);
        FactorModel model = content.model();
        writeAll(content.covariates().entrySet(), of -> {
            writeText(of.getKey());
            writeEstimate(of.getValue());
        });
        writeAll(content.attributes(), this::writeAttributes);
        writeFlag(model != null);
        if (model != null) {
            writeModel(model);
        }
        CompletedOutcomes outcomes = content.outcomes();
        writeFlag(outcomes != null);
        if (outcomes != null) {
            writeOutcomes(outcomes, model == null);
            for (int arm = 1; arm < panel.arms(); arm++) {
                writeCellAverages(averages, arm);
            }
        }
    }

    private void writePanel(Panel panel) throws IOException {
        for (List<String> names :
                List.of(panel.unitNames(), panel.periodNames(), panel.armNames(), panel.covariateNames())) {
            writeAll(names, out::putText);
        }
        writeText(panel.storage().name());
        for (int arm = 0; arm < panel.arms(); arm++) {
            out.putLong(panel.cellsInArm(arm));
        }
        out.putDouble(InternalPanels.largestOutcome(panel));
        out.putText(panel.fingerprint());
    }

    private void writeAssignment(Assignment.Contents assignment) throws IOException {
        out.putInts(assignment.cells());
        out.putInts(assignment.spellStart());
        out.putInts(assignment.spellEnd());
        out.putDouble(assignment.effectivePaths());
        for (long[] seen : assignment.seen()) {
            out.putLongs(seen);
        }
        writeFlag(assignment.switches());
        out.putInt(assignment.comparable());
        out.putInt(assignment.latestControl());
        out.putInt(assignment.earliestTreated());
    }

    private void writeProvenance(Provenance from) throws IOException {
        writeText(from.version());
        writeText(from.method());
        writeAll(from.options().entrySet(), option -> {
            writeText(option.getKey());
            writeText(option.getValue());
        });
        out.putLong(from.seed());
        writeText(from.backend());
        writeText(from.backendVersion());
    }

    private void writeSpectrum(Spectrum spectrum) throws IOException {
        out.putDoubles(spectrum.singularValues());
        out.putInt(spectrum.rank());
        out.putDouble(spectrum.threshold().orElse(Double.NaN));
        writeText(spectrum.rule());
        writeFlag(spectrum.isNoiseEdge());
        out.putDouble(spectrum.noiseScale());
        out.putDouble(spectrum.largestOutcome());
    }

    /** What follows from the panel and the assignment is left out. */
    private void writeEffect(UnitEffect effect) throws IOException {
        writeEstimate(effect.ate());
        writeEstimate(effect.att());
        writeEstimate(effect.atu());
        writeText(effect.grade().name());
        writeText(effect.reason());
        out.putDouble(effect.qValue());
        out.putDouble(effect.probabilityPositive());
        out.putDouble(effect.probabilityTopDecile());
    }

    private void writeAttributes(AttributeEffects of) throws IOException {
        writeAll(of.coefficients(), coefficient -> {
            writeText(coefficient.attribute());
            writeText(coefficient.level());
            writeText(coefficient.base());
            writeEstimate(coefficient.estimate());
        });
        writeAll(of.averages(), average -> {
            writeText(average.attribute());
            writeText(average.level());
            out.putInt(average.units());
            writeEstimate(average.ate());
        });
        out.putDouble(of.explainedShare());
    }

    private void writeAverages(AverageEffects averages) throws IOException {
        writeEstimate(averages.ate());
        writeEstimate(averages.att());
        writeEstimate(averages.atu());
        writeEstimate(averages.attOverCells());
        out.putInt(averages.units());
    }

    private void writeCellAverages(CellAverages averages, int arm) throws IOException {
        writeAll(averages.byPeriod(arm), at -> {
            writeEstimate(at.effect());
            out.putInt(at.treatedUnits());
        });
        writeAll(averages.byEventTime(arm), at -> {
            out.putInt(at.eventTime());
            out.putInt(at.cells());
            out.putInt(at.units());
            writeEstimate(at.effect());
        });
        writeAll(averages.preTrends(arm), at -> {
            out.putInt(at.eventTime());
            out.putInt(at.cells());
            out.putInt(at.units());
            writeEstimate(at.gap());
        });
    }

    private void writeModel(FactorModel model) throws IOException {
        FactorModelFit result = model.result();
        out.putDouble(model.scale());
        writeFlag(result.constantEffects());
        out.putDouble(result.gains().factors());
        out.putDouble(result.gains().onsets());
        out.putDouble(result.gains().onsetStatistic());
        out.putInt(result.startRank());
        out.putInt(result.rank());
        out.putDouble(result.correlation());
        out.putDouble(result.noise());
        out.putDoubles(array(result.precisions()));
        out.putInt(result.passes());
        writeFlag(result.converged());
        out.putDoubles(array(result.bounds()));
        out.putInt(result.trends());
        out.putDouble(result.trendVariance());
        writeMatrix(result.factors());
        writeTable(result.unitMeans().toArray(new double[0][]));
        // With constant effects all arms have the same loadings.
        int different = result.constantEffects() ? 1 : result.loadings().size();
        writeAll(result.loadings().subList(0, different), this::writeMatrix);
        out.putDoubles(result.unitScales());
        writeTable(result.onsets().toArray(new double[0][]));
        writeFactorEffects(result.effects().contents());
        UnitPrior prior = result.prior();
        out.putDoubles(prior.mean());
        out.putDoubles(prior.covariance());
        out.putDoubles(prior.attributeEffects());
        out.putInt(prior.attributes().count());
        out.putDoubles(prior.attributes().values());
        writeSize(prior.size());
        out.putDoubles(prior.noise());
        out.putDoubles(prior.correlation());
        out.putDoubles(prior.precisions());
    }

    private void writeFactorEffects(FactorEffects.Contents effects) throws IOException {
        for (double[][][] byArm : List.of(effects.values(), effects.variances(), effects.degreesOfFreedom())) {
            writeAll(Arrays.asList(byArm), this::writeTable);
        }
        writeTable(effects.periodVariances());
        writeTable(effects.eventTimeVariances());
        writeTable(effects.averages());
        writeTable(effects.averageVariances());
        out.putDouble(effects.averageDegreesOfFreedom());
        OnsetTimes onsets = effects.onsets();
        writeFlag(onsets != null);
        if (onsets != null) {
            writeAll(Arrays.asList(onsets.stays()), out::putInts);
            writeTable(onsets.averages());
        }
        CellVariances cells = effects.cells();
        writeFlag(cells != null);
        if (cells != null) {
            CellVariances.Contents variances = cells.contents();
            writeSize(variances.size());
            writeTable(variances.latent());
            writeTable(variances.covariance());
            out.putDoubles(variances.coefficients());
            writeTable(variances.triangles());
        }
    }

    private void writeSize(Dimensions size) throws IOException {
        out.putInt(size.rank());
        out.putInt(size.trends());
        writeFlag(size.constantEffects());
        out.putInt(size.treatments());
        out.putInt(size.onsets());
    }

    /** Those of a factor model follow from the model. */
    private void writeOutcomes(CompletedOutcomes outcomes, boolean withArms) throws IOException {
        out.putDouble(outcomes.scale());
        for (BitSet available : outcomes.available()) {
            out.putLongs(available.toLongArray());
        }
        if (withArms) {
            for (CompletedOutcomes.Arm arm : outcomes.arms()) {
                out.putDoubles(arm.unitMeans());
                out.putDoubles(arm.periodMeans());
                writeMatrix(arm.loadings());
                writeMatrix(arm.factors());
            }
        }
    }

    private void writeEstimate(Estimate estimate) throws IOException {
        out.putInt(!estimate.isAvailable() ? 0 : estimate.hasStandardError() ? 2 : 1);
        if (!estimate.isAvailable()) {
            writeText(estimate.reason());
        } else {
            out.putDouble(estimate.value());
            if (estimate.hasStandardError()) {
                out.putDouble(estimate.standardError());
                out.putDouble(estimate.degreesOfFreedom());
            }
        }
    }

    private <T> void writeAll(Collection<T> items, Item<T> item) throws IOException {
        out.putInt(items.size());
        for (T one : items) {
            item.write(one);
        }
    }

    private void writeTable(double[][] rows) throws IOException {
        writeAll(Arrays.asList(rows), out::putDoubles);
    }

    private void writeMatrix(DenseMatrix matrix) throws IOException {
        out.putInt(matrix.rows());
        out.putInt(matrix.columns());
        out.putDoubles(matrix.copy().values());
    }

    private void writeFlag(boolean flag) throws IOException {
        out.putInt(flag ? 1 : 0);
    }

    /** A text that may come again: its number, and the text itself the first time. */
    private void writeText(String text) throws IOException {
        Integer known = texts.get(text);
        out.putInt(known == null ? texts.size() : known);
        if (known == null) {
            texts.put(text, texts.size());
            out.putText(text);
        }
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
