package io.github.rowwise.spark;

import io.github.rowwise.NotIdentifiedException;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.panel.Warning;
import io.github.rowwise.spark.effects.EffectsTable;
import io.github.rowwise.spark.effects.ModelSummary;
import io.github.rowwise.spark.fit.DiagnosedEffects;
import io.github.rowwise.spark.fit.EffectsProgram;
import io.github.rowwise.spark.fit.EstimatorSettings;
import io.github.rowwise.spark.fit.FitCheckpoints;
import io.github.rowwise.spark.fit.SparkFit;
import io.github.rowwise.spark.panel.PanelColumns;
import io.github.rowwise.spark.panel.PanelTable;
import io.github.rowwise.tables.Labels;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Estimates each unit's effect from a DataFrame with one row a unit and period: {@link io.github.rowwise.FactorModelEstimator}
 * or {@link io.github.rowwise.SpectralEstimator} over the partitions of a cluster, to the same numbers.
 *
 * <p>Units are spread over the partitions by a hash of their name, and kept in the executors' memory, or on their disks where
 * that is full, until {@link #fit} returns. What belongs to a unit stays in its partition; the driver holds no more than periods
 * times factors. The same rows give the same doubles for the same number of partitions, whatever their order, the number of
 * executors, and executors that are lost; with another number of partitions they agree to 1e-8.
 *
 * <p>The parameters are those of {@link RowwiseParams}. Not safe for use by several threads while they are set.
 *
 * <pre class="example">{@code
 * RowwiseModel model = new RowwiseEstimator()
 *         .setUnitCol("store")
 *         .setTimeCol("week")
 *         .setOutcomeCol("sales")
 *         .setTreatmentCol("promotion")
 *         .fit(sales);
 * model.effects().orderBy("q_value").show();
 * }</pre>
 */
public final class RowwiseEstimator extends Estimator<RowwiseModel> implements RowwiseParams, DefaultParamsWritable {

    private static final long serialVersionUID = 1L;

    private final String uid;
    private final RowwiseParamSet paramSet;

    /** Makes an estimator with the defaults. */
    public RowwiseEstimator() {
        this(Identifiable$.MODULE$.randomUID("rowwise"));
    }

    /**
     * Makes an estimator with the defaults.
     *
     * @param uid its identity
     */
    public RowwiseEstimator(String uid) {
        this.uid = uid;
        paramSet = new RowwiseParamSet(uid);
        paramSet.setDefaults(this);
    }

    /**
     * Reads estimators.
     *
     * @return the reader
     */
    public static MLReader<RowwiseEstimator> read() {
        return new DefaultParamsReader<>();
    }

    /**
     * Reads an estimator.
     *
     * @param path where one was saved
     * @return the estimator
     */
    public static RowwiseEstimator load(String path) {
        return read().load(path);
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public RowwiseParamSet paramSet() {
        return paramSet;
    }

    /**
     * Sets the column of the unit.
     *
     * @param value a column
     * @return this
     */
    public RowwiseEstimator setUnitCol(String value) {
        set(unitCol(), value);
        return this;
    }

    /**
     * Sets the column of the period.
     *
     * @param value a column of whole numbers, dates, timestamps or text
     * @return this
     */
    public RowwiseEstimator setTimeCol(String value) {
        set(timeCol(), value);
        return this;
    }

    /**
     * Sets the column of the outcome.
     *
     * @param value a column of numbers, null or NaN where one is missing
     * @return this
     */
    public RowwiseEstimator setOutcomeCol(String value) {
        set(outcomeCol(), value);
        return this;
    }

    /**
     * Sets the column of the treatment.
     *
     * @param value a column of 0/1, true/false or, with {@link #setControl}, levels
     * @return this
     */
    public RowwiseEstimator setTreatmentCol(String value) {
        set(treatmentCol(), value);
        return this;
    }

    /**
     * Sets the level of the treatment that is the control.
     *
     * @param value as text
     * @return this
     */
    public RowwiseEstimator setControl(String value) {
        set(control(), value);
        return this;
    }

    /**
     * Sets the estimator.
     *
     * @param value {@code refined} or {@code spectral}
     * @return this
     */
    public RowwiseEstimator setMethod(String value) {
        set(method(), value);
        return this;
    }

    /**
     * Sets the number of factors, or how to choose it.
     *
     * @param value as {@link RowwiseParams#rank} says
     * @return this
     */
    public RowwiseEstimator setRank(String value) {
        set(rank(), value);
        return this;
    }

    /**
     * Sets the means that the spectral method takes away first.
     *
     * @param value {@code two-way}, {@code unit} or {@code none}
     * @return this
     */
    public RowwiseEstimator setCentring(String value) {
        set(centring(), value);
        return this;
    }

    /**
     * Sets the noise of the refined method.
     *
     * @param value {@code ar1}, {@code iid} or {@code block-jackknife}
     * @return this
     */
    public RowwiseEstimator setNoise(String value) {
        set(noise(), value);
        return this;
    }

    /**
     * Sets how a unit's effect may change over time in the refined method.
     *
     * @param value {@code factors}, {@code constant} or {@code auto}
     * @return this
     */
    public RowwiseEstimator setEffectsForm(String value) {
        set(effectsForm(), value);
        return this;
    }

    /**
     * Sets the confidence level of the intervals.
     *
     * @param value between 0 and 1
     * @return this
     */
    public RowwiseEstimator setLevel(double value) {
        set(level(), value);
        return this;
    }

    /**
     * Sets the seed of everything random.
     *
     * @param value any number
     * @return this
     */
    public RowwiseEstimator setSeed(long value) {
        set(seed(), value);
        return this;
    }

    /**
     * Sets the linear-algebra backend.
     *
     * @param value such as {@code ejml}
     * @return this
     */
    public RowwiseEstimator setBackend(String value) {
        set(backend(), value);
        return this;
    }

    /**
     * Sets the number of partitions that units are spread over.
     *
     * @param value 1 or more, or 0 for as many as there are cores
     * @return this
     */
    public RowwiseEstimator setNumPartitions(int value) {
        set(numPartitions(), value);
        return this;
    }

    /**
     * Sets how outcomes are kept.
     *
     * @param value {@code double} or {@code float}
     * @return this
     */
    public RowwiseEstimator setStorage(String value) {
        set(storage(), value);
        return this;
    }

    /**
     * Sets where the refined method's fit is kept after each iteration, and goes on from.
     *
     * @param value a folder of a file system that the driver and all executors reach; one fit at a time
     * @return this
     */
    public RowwiseEstimator setCheckpointDir(String value) {
        set(checkpointDir(), value);
        return this;
    }

    @Override
    public RowwiseEstimator copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /**
     * Rejects columns, types and options that cannot be used, before any job.
     *
     * @param schema of the DataFrame
     * @return with the columns that {@link RowwiseModel#transform} adds
     * @throws IllegalArgumentException with what to do
     */
    @Override
    public StructType transformSchema(StructType schema) {
        settings();
        requireOptions("");
        columns().check(schema);
        return RowwiseModel.extended(schema);
    }

    /**
     * Estimates the effects of all units.
     *
     * @param table one row a unit and period; its rows have to be the same each time Spark computes them
     * @return effects of every unit; those that lack an arm come with a reason and without a number
     * @throws IllegalArgumentException if the rows are no panel or an option cannot be used, with the place and what to do
     * @throws NotIdentifiedException if treatment never varies between units within a period, or no unit has cells in both
     *     arms
     * @throws io.github.rowwise.CheckpointException if {@link #checkpointDir()} cannot be written, or the fit that is there
     *     cannot be gone on from
     * @throws io.github.rowwise.linalg.BackendUnavailableException if the driver or an executor has no backend to use
     * @throws java.util.concurrent.CancellationException if the thread was interrupted
     */
    @Override
    public RowwiseModel fit(Dataset<?> table) {
        transformSchema(table.schema());
        return fit(table, columns(), settings());
    }

    /**
     * Estimates every unit's effects, with columns and settings that name options as the caller's messages do.
     *
     * @param table one row per unit and period
     * @param columns of the table
     * @param settings of the estimator
     * @return effects of every unit
     */
    public RowwiseModel fit(Dataset<?> table, PanelColumns columns, EstimatorSettings settings) {
        settings.algebra();
        int partitions = (Integer) getOrDefault(numPartitions());
        try (PanelTable panel = PanelTable.read(table, columns, outcomeStorage(), partitions)) {
            int arms = panel.armNames().size();
            settings.check(panel.units(), panel.periodNames().size(), panel.armNames());
            AtomicInteger passes = new AtomicInteger();
            SparkFit<DiagnosedEffects, Row> fit = SparkFit.run(
                    panel.blocks(),
                    arms,
                    new EffectsProgram(settings, panel, progress -> passes.set(progress.pass())),
                    shard -> EffectsTable.shardRows(shard.effects()),
                    checkpoints(panel, table));
            try {
                UnitEffects result = fit.result().effects();
                requireEstimates(result, arms);
                Dataset<Row> effects = new EffectsTable(arms)
                        .of(
                                table.sparkSession(),
                                fit.rows(),
                                arms,
                                result.factorModel().isPresent());
                ModelSummary summary = ModelSummary.of(result, fit.result().warnings(), panel, effects, passes.get());
                RowwiseModel model = new RowwiseModel(uid, effects, summary);
                return copyValues(model.setParent(this), ParamMap.empty());
            } finally {
                fit.rows().unpersist(false);
            }
        }
    }

    private @Nullable FitCheckpoints checkpoints(PanelTable panel, Dataset<?> table) {
        String folder = RowwiseParamSet.text(this, checkpointDir());
        return folder == null
                ? null
                : FitCheckpoints.open(
                        folder,
                        panel.blocks().getNumPartitions(),
                        table.sparkSession().sparkContext().hadoopConfiguration());
    }

    private static void requireEstimates(UnitEffects effects, int arms) {
        for (int arm = 1; arm < arms; arm++) {
            if (effects.averages(arm).units() > 0) {
                return;
            }
        }
        throw new NotIdentifiedException(
                effects.warnings().stream().map(Warning::message).collect(Collectors.joining("; ")));
    }

    private PanelColumns columns() {
        return new PanelColumns(
                getOrDefault(unitCol()),
                getOrDefault(timeCol()),
                getOrDefault(outcomeCol()),
                getOrDefault(treatmentCol()),
                text(control()),
                PanelColumns.PARAMS);
    }

    EstimatorSettings settings() {
        return new EstimatorSettings(
                "",
                getOrDefault(method()),
                text(rank()),
                text(centring()),
                text(noise()),
                text(effectsForm()),
                (Double) getOrDefault(level()),
                (Long) getOrDefault(seed()),
                text(backend()));
    }

    /**
     * Rejects an option that is neither the method's nor the table's.
     *
     * @param prefix of options in messages
     */
    public void requireOptions(String prefix) {
        try {
            outcomeStorage();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(prefix + "storage: " + e.getMessage(), e);
        }
        int partitions = (Integer) getOrDefault(numPartitions());
        if (partitions < 0) {
            throw new IllegalArgumentException(prefix + (prefix.isEmpty() ? "numPartitions " : "partitions ")
                    + partitions + ": give 1 or more, or 0 for as many as the cluster has cores");
        }
    }

    private OutcomeStorage outcomeStorage() {
        return Labels.of(
                getOrDefault(storage()),
                List.of(OutcomeStorage.values()),
                kind -> kind.name().toLowerCase(Locale.ROOT));
    }

    private @Nullable String text(Param<String> param) {
        return RowwiseParamSet.text(this, param);
    }
}
