package io.github.rowwise.effects;

import io.github.rowwise.internal.assignment.Assignment;
import io.github.rowwise.internal.factor.FactorModelFit;
import io.github.rowwise.internal.factor.FormGains;
import io.github.rowwise.internal.factor.kernel.Dimensions;
import io.github.rowwise.internal.factor.model.UnitPrior;
import io.github.rowwise.internal.factor.summary.CellVariances;
import io.github.rowwise.internal.factor.summary.FactorEffects;
import io.github.rowwise.internal.factor.summary.OnsetTimes;
import io.github.rowwise.internal.io.ChecksummedInput;
import io.github.rowwise.internal.pass.RowAdjustment;
import io.github.rowwise.internal.pass.UnitAttributes;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.panel.Grade;
import io.github.rowwise.panel.InternalPanels;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelDiagnostics;
import io.github.rowwise.panel.Warning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link EffectsWriter} wrote, from a file that is known to be whole. */
final class EffectsReader {

    private final ChecksummedInput in;
    private final List<String> texts = new ArrayList<>();

    EffectsReader(ChecksummedInput in) {
        this.in = in;
    }

    @FunctionalInterface
    private interface Item<T> {
        T read() throws IOException;
    }

    /**
     * A result as it was written.
     *
     * @param content all but averages over cells
     * @param averages over cells
     */
    record Saved(EffectsContent content, CellAverages averages) {}

    Saved read() throws IOException {
        Panel panel = readPanel();
        Assignment assignment = readAssignment(panel);
        double confidenceLevel = in.getDouble();
        Provenance provenance = readProvenance(panel);
        List<Spectrum> spectra = new ArrayList<>();
        readAll(() -> spectra.add(readSpectrum(spectra.size())));
        List<Warning> warnings = readAll(() -> new Warning(Warning.Kind.valueOf(readText()), readText()));
        PanelDiagnostics diagnostics = InternalPanels.diagnostics(panel, assignment, warnings);
        List<UnitEffect> effects = readEffects(diagnostics);
        List<PredictedEffect> predictions =
                readAll(() -> new PredictedEffect(panel.unitNames().get(in.getInt()), in.getInt(), readEstimate()));
        List<NeighbouringRanks> ranks = new ArrayList<>();
        readAll(() -> {
            UnitEffect entry = effects.get(ranks.size());
            return ranks.add(new NeighbouringRanks(entry.unit(), entry.arm(), readEstimate(), readEstimate()));
        });
        List<AverageEffects> averages = new ArrayList<>();
        readAll(() -> averages.add(new AverageEffects(
                averages.size() + 1, readEstimate(), readEstimate(), readEstimate(), readEstimate(), in.getInt())));
        Map<String, Estimate> covariates = new LinkedHashMap<>();
        readAll(() -> covariates.put(readText(), readEstimate()) == null);
        List<AttributeEffects> attributes = readAll(this::readAttributes);
        FactorModel model = readFlag() ? readModel(panel, provenance.widening()) : null;
        CompletedOutcomes outcomes = readFlag() ? readOutcomes(panel, model) : null;
        EffectsContent content = new EffectsContent(
                panel,
                diagnostics,
                confidenceLevel,
                provenance,
                List.copyOf(spectra),
                warnings,
                effects,
                predictions,
                List.copyOf(ranks),
                List.copyOf(averages),
                Collections.unmodifiableMap(covariates),
                RowAdjustment.NONE,
                attributes,
                model,
                outcomes);
        return new Saved(content, readCellAverages(content));
    }

    private AttributeEffects readAttributes() throws IOException {
        List<AttributeEffects.Coefficient> coefficients =
                readAll(() -> new AttributeEffects.Coefficient(readText(), readText(), readText(), readEstimate()));
        List<AttributeEffects.LevelAverage> averages =
                readAll(() -> new AttributeEffects.LevelAverage(readText(), readText(), in.getInt(), readEstimate()));
        return new AttributeEffects(coefficients, averages, in.getDouble());
    }

    private Panel readPanel() throws IOException {
        List<List<String>> names =
                List.of(readAll(in::getText), readAll(in::getText), readAll(in::getText), readAll(in::getText));
        OutcomeStorage storage = OutcomeStorage.valueOf(readText());
        long[] cellsPerArm = new long[names.get(2).size()];
        for (int arm = 0; arm < cellsPerArm.length; arm++) {
            cellsPerArm[arm] = in.getLong();
        }
        return InternalPanels.withoutCells(names, storage, cellsPerArm, in.getDouble(), in.getText());
    }

    private Assignment readAssignment(Panel panel) throws IOException {
        int[] cells = in.getInts();
        int[] starts = in.getInts();
        int[] ends = in.getInts();
        double paths = in.getDouble();
        long[][] seen = new long[panel.arms()][];
        for (int arm = 0; arm < seen.length; arm++) {
            seen[arm] = in.getLongs();
        }
        return new Assignment(new Assignment.Contents(
                panel.arms(),
                panel.periods(),
                cells,
                starts,
                ends,
                paths,
                seen,
                readFlag(),
                in.getInt(),
                in.getInt(),
                in.getInt()));
    }

    private Provenance readProvenance(Panel panel) throws IOException {
        String version = readText();
        String method = readText();
        Map<String, String> options = new LinkedHashMap<>();
        readAll(() -> options.put(readText(), readText()) == null);
        return new Provenance(
                version, method, Collections.unmodifiableMap(options), in.getLong(), readText(), readText(), panel);
    }

    private Spectrum readSpectrum(int arm) throws IOException {
        return new Spectrum(
                arm,
                in.getDoubles(),
                in.getInt(),
                in.getDouble(),
                readText(),
                readFlag(),
                in.getDouble(),
                in.getDouble());
    }

    private List<UnitEffect> readEffects(PanelDiagnostics diagnostics) throws IOException {
        int treatments = InternalPanels.panel(diagnostics).arms() - 1;
        int count = in.getInt();
        EffectProbabilities probabilities =
                new EffectProbabilities(new double[count], new double[count], new double[count]);
        List<UnitEffect> effects = new ArrayList<>(count);
        for (int k = 0; k < count; k++) {
            Estimate[] estimates = {readEstimate(), readEstimate(), readEstimate()};
            Grade grade = Grade.valueOf(readText());
            String reason = readText();
            probabilities.qValues()[k] = in.getDouble();
            probabilities.positive()[k] = in.getDouble();
            probabilities.topDecile()[k] = in.getDouble();
            effects.add(probabilities.unitEffect(
                    diagnostics, k / treatments, 1 + k % treatments, estimates, grade, reason));
        }
        return List.copyOf(effects);
    }

    private CellAverages readCellAverages(EffectsContent content) throws IOException {
        List<List<PeriodEffect>> byPeriod = new ArrayList<>();
        List<List<EventTimeEffect>> byEventTime = new ArrayList<>();
        List<List<PreTrend>> preTrends = new ArrayList<>();
        for (int arm = 1; arm < content.panel().arms() && content.outcomes() != null; arm++) {
            List<PeriodEffect> periods = new ArrayList<>();
            readAll(() -> periods.add(
                    new PeriodEffect(content.panel().periodNames().get(periods.size()), readEstimate(), in.getInt())));
            byPeriod.add(List.copyOf(periods));
            byEventTime.add(readAll(() -> new EventTimeEffect(in.getInt(), in.getInt(), in.getInt(), readEstimate())));
            preTrends.add(readAll(() -> new PreTrend(in.getInt(), in.getInt(), in.getInt(), readEstimate())));
        }
        return CellAverages.of(content, byPeriod, byEventTime, preTrends);
    }

    private FactorModel readModel(Panel panel, double widening) throws IOException {
        double scale = in.getDouble();
        boolean constantEffects = readFlag();
        FormGains gains = new FormGains(in.getDouble(), in.getDouble(), in.getDouble());
        int startRank = in.getInt();
        int rank = in.getInt();
        double correlation = in.getDouble();
        double noise = in.getDouble();
        List<Double> precisions = list(in.getDoubles());
        int passes = in.getInt();
        boolean converged = readFlag();
        List<Double> bounds = list(in.getDoubles());
        int trends = in.getInt();
        double trendVariance = in.getDouble();
        DenseMatrix factors = readMatrix();
        List<double[]> unitMeans = readAll(in::getDoubles);
        List<DenseMatrix> loadings = readAll(this::readMatrix);
        return new FactorModel(
                new FactorModelFit(
                        constantEffects,
                        gains,
                        startRank,
                        rank,
                        correlation,
                        noise,
                        precisions,
                        passes,
                        converged,
                        bounds,
                        trends,
                        trendVariance,
                        factors,
                        unitMeans,
                        constantEffects ? Collections.nCopies(panel.arms(), loadings.get(0)) : loadings,
                        in.getDoubles(),
                        List.of(readTable()),
                        readFactorEffects(panel),
                        new UnitPrior(
                                in.getDoubles(),
                                in.getDoubles(),
                                in.getDoubles(),
                                new UnitAttributes(in.getInt(), in.getDoubles()),
                                readSize(),
                                in.getDoubles(),
                                in.getDoubles(),
                                in.getDoubles()),
                        null),
                scale,
                widening);
    }

    private FactorEffects readFactorEffects(Panel panel) throws IOException {
        double[][][] values = readAll(this::readTable).toArray(new double[0][][]);
        double[][][] variances = readAll(this::readTable).toArray(new double[0][][]);
        double[][][] degreesOfFreedom = readAll(this::readTable).toArray(new double[0][][]);
        double[][] periodVariances = readTable();
        double[][] eventTimeVariances = readTable();
        double[][] averages = readTable();
        double[][] averageVariances = readTable();
        double averageDegreesOfFreedom = in.getDouble();
        OnsetTimes onsets = readFlag()
                ? new OnsetTimes(
                        readAll(in::getInts).toArray(new int[0][]), readTable(), InternalPanels.positions(panel))
                : null;
        return new FactorEffects(new FactorEffects.Contents(
                values,
                variances,
                degreesOfFreedom,
                periodVariances,
                eventTimeVariances,
                averages,
                averageVariances,
                averageDegreesOfFreedom,
                readFlag() ? readCellVariances(panel, onsets) : null,
                onsets));
    }

    private CellVariances readCellVariances(Panel panel, @Nullable OnsetTimes onsets) throws IOException {
        return new CellVariances(
                new CellVariances.Contents(readSize(), readTable(), readTable(), in.getDoubles(), readTable()),
                panel.units(),
                onsets);
    }

    private Dimensions readSize() throws IOException {
        return new Dimensions(in.getInt(), in.getInt(), readFlag(), in.getInt(), in.getInt());
    }

    private CompletedOutcomes readOutcomes(Panel panel, @Nullable FactorModel model) throws IOException {
        double scale = in.getDouble();
        List<BitSet> available = new ArrayList<>();
        for (int arm = 0; arm < panel.arms(); arm++) {
            available.add(BitSet.valueOf(in.getLongs()));
        }
        List<CompletedOutcomes.Arm> arms = new ArrayList<>();
        for (int arm = 0; arm < panel.arms() && model == null; arm++) {
            arms.add(new CompletedOutcomes.Arm(in.getDoubles(), in.getDoubles(), readMatrix(), readMatrix()));
        }
        return new CompletedOutcomes(
                model == null ? List.copyOf(arms) : CompletedOutcomes.Arm.of(model.result()),
                List.copyOf(available),
                scale);
    }

    private Estimate readEstimate() throws IOException {
        return switch (in.getInt()) {
            case 0 -> Estimate.unavailable(readText());
            case 1 -> Estimate.withoutStandardError(in.getDouble());
            default -> Estimate.of(in.getDouble(), in.getDouble(), in.getDouble());
        };
    }

    private <T> List<T> readAll(Item<T> item) throws IOException {
        int count = in.getInt();
        List<T> items = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            items.add(item.read());
        }
        return List.copyOf(items);
    }

    private double[][] readTable() throws IOException {
        return readAll(in::getDoubles).toArray(new double[0][]);
    }

    private DenseMatrix readMatrix() throws IOException {
        int rows = in.getInt();
        int columns = in.getInt();
        return DenseMatrix.wrap(in.getDoubles(), rows, columns);
    }

    private boolean readFlag() throws IOException {
        return in.getInt() != 0;
    }

    private String readText() throws IOException {
        int number = in.getInt();
        if (number == texts.size()) {
            texts.add(in.getText());
        }
        return texts.get(number);
    }

    private static List<Double> list(double[] values) {
        List<Double> list = new ArrayList<>(values.length);
        for (double value : values) {
            list.add(value);
        }
        return List.copyOf(list);
    }
}
