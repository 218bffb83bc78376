package io.github.rowwise.spark;

import io.github.rowwise.panel.OutcomeStorage;
import io.github.rowwise.spark.fit.EstimatorSettings;
import io.github.rowwise.spark.fit.PanelFit;
import io.github.rowwise.spark.panel.PanelColumns;
import io.github.rowwise.tables.AbsentRows;
import io.github.rowwise.tables.Labels;
import io.github.rowwise.tables.MissingCodes;
import io.github.rowwise.tables.OptionNaming;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Estimates each unit's effect from a DataFrame with one row per unit and period. It runs
 * {@link io.github.rowwise.FactorModelEstimator} or {@link io.github.rowwise.SpectralEstimator} over the partitions of a
 * cluster, with the same results.
 *
 * <p>Units are assigned to partitions by a hash of their name. They stay in the executors' memory, or on their disks if
 * memory is full, until {@link #fit} returns. All data of a unit stay in its partition; the driver's memory grows with periods
 * times factors only. For the same number of partitions the same rows give the same doubles, whatever the order of the rows,
 * the number of executors, and the loss of executors. Results for different numbers of partitions agree to 1e-8.
 *
 * <p>The parameters are those of {@link RowwiseParams}. An estimator is not thread-safe while parameters are set.
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

    /** Creates an estimator with the defaults. */
    public RowwiseEstimator() {
        this(Identifiable$.MODULE$.randomUID("rowwise"));
    }

    /**
     * Creates an estimator with the defaults.
     *
     * @param uid the estimator's identifier
     */
    public RowwiseEstimator(String uid) {
        this.uid = uid;
        paramSet = new RowwiseParamSet(uid);
        paramSet.setDefaults(this);
    }

    /**
     * Returns a reader of estimators.
     *
     * @return the reader
     */
    public static MLReader<RowwiseEstimator> read() {
        return new DefaultParamsReader<>();
    }

    /**
     * Reads an estimator.
     *
     * @param path the folder to which an estimator was saved
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
     * Sets the codes that also mean a missing outcome or treatment.
     *
     * @param value one or several separated by commas, such as {@code -999,none}
     * @return this
     */
    public RowwiseEstimator setMissing(String value) {
        set(missing(), value);
        return this;
    }

    /**
     * Sets what a unit and period without a row mean.
     *
     * @param value {@code missing} or {@code zero}
     * @return this
     */
    public RowwiseEstimator setAbsentRows(String value) {
        set(absentRows(), value);
        return this;
    }

    /**
     * Sets the estimator.
     *
     * @param value {@code factor-model} or {@code spectral}
     * @return this
     */
    public RowwiseEstimator setMethod(String value) {
        set(method(), value);
        return this;
    }

    /**
     * Sets the number of factors, or how to choose it.
     *
     * @param value a rule, as described at {@link RowwiseParams#rank}
     * @return this
     */
    public RowwiseEstimator setRank(String value) {
        set(rank(), value);
        return this;
    }

    /**
     * Sets the means that the spectral method subtracts first.
     *
     * @param value {@code two-way}, {@code unit} or {@code none}
     * @return this
     */
    public RowwiseEstimator setCentring(String value) {
        set(centring(), value);
        return this;
    }

    /**
     * Sets the noise of the factor model.
     *
     * @param value {@code ar1}, {@code iid} or {@code block-jackknife}
     * @return this
     */
    public RowwiseEstimator setNoise(String value) {
        set(noise(), value);
        return this;
    }

    /**
     * Sets how a unit's effect may change over time in the factor model.
     *
     * @param value {@code constant}, {@code factors}, {@code onset} or {@code auto}
     * @return this
     */
    public RowwiseEstimator setEffectsForm(String value) {
        set(effectsForm(), value);
        return this;
    }

    /**
     * Sets the confidence level of the intervals.
     *
     * @param value a level between 0 and 1
     * @return this
     */
    public RowwiseEstimator setConfidenceLevel(double value) {
        set(confidenceLevel(), value);
        return this;
    }

    /**
     * Sets the seed of all random numbers.
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
     * Sets the number of partitions of the units.
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
     * Sets the folder in which the factor model keeps its fit after each iteration, and from which it resumes.
     *
     * @param value a folder on a file system that the driver and all executors reach; one fit at a time
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
     * @param schema schema of the DataFrame
     * @return the schema with the columns that {@link RowwiseModel#transform} adds
     * @throws IllegalArgumentException if one cannot be used; the message says what to do
     */
    @Override
    public StructType transformSchema(StructType schema) {
        settings(OptionNaming.PARAMETER);
        checkTableOptions(OptionNaming.PARAMETER);
        columns(OptionNaming.PARAMETER).check(schema);
        return RowwiseModel.extended(schema);
    }

    /**
     * Estimates the effects of all units.
     *
     * @param table one row per unit and period; Spark must compute the same rows each time
     * @return effects of every unit; a unit that lacks an arm has a reason and no estimate
     * @throws IllegalArgumentException if the rows are no panel or an option cannot be used; the message says where, and what
     *     to do
     * @throws io.github.rowwise.NotIdentifiedException if treatment never varies between units within a period, or no unit has
     *     cells in both arms
     * @throws io.github.rowwise.CheckpointException if a checkpoint cannot be written to {@link #checkpointDir()}, or the one
     *     there cannot be resumed from
     * @throws io.github.rowwise.linalg.BackendUnavailableException if the driver or an executor has no usable backend
     * @throws java.util.concurrent.CancellationException if the thread was interrupted
     */
    @Override
    public RowwiseModel fit(Dataset<?> table) {
        transformSchema(table.schema());
        return fit(table, OptionNaming.PARAMETER);
    }

    RowwiseModel fit(Dataset<?> table, OptionNaming naming) {
        PanelFit fit = PanelFit.of(
                table, columns(naming), storage(naming), partitions(naming), settings(naming), text(checkpointDir()));
        RowwiseModel model = new RowwiseModel(uid, fit.effects(), fit.summary());
        return copyValues(model.setParent(this), ParamMap.empty());
    }

    private PanelColumns columns(OptionNaming naming) {
        return new PanelColumns(
                getOrDefault(unitCol()),
                getOrDefault(timeCol()),
                getOrDefault(outcomeCol()),
                getOrDefault(treatmentCol()),
                text(control()),
                missingCodes(naming),
                absentRows(naming),
                naming);
    }

    EstimatorSettings settings(OptionNaming naming) {
        return new EstimatorSettings(
                naming,
                getOrDefault(method()),
                text(rank()),
                text(centring()),
                text(noise()),
                text(effectsForm()),
                (Double) getOrDefault(confidenceLevel()),
                (Long) getOrDefault(seed()),
                text(backend()));
    }

    private MissingCodes missingCodes(OptionNaming naming) {
        String codes = text(missing());
        return MissingCodes.of(naming.name("missing"), codes == null ? List.of() : List.of(codes));
    }

    private AbsentRows absentRows(OptionNaming naming) {
        try {
            return Labels.of(getOrDefault(absentRows()), List.of(AbsentRows.values()), AbsentRows::label);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(naming.name("absent-rows") + ": " + e.getMessage(), e);
        }
    }

    void checkTableOptions(OptionNaming naming) {
        missingCodes(naming);
        absentRows(naming);
        storage(naming);
        partitions(naming);
    }

    private OutcomeStorage storage(OptionNaming naming) {
        try {
            return Labels.of(
                    getOrDefault(storage()),
                    List.of(OutcomeStorage.values()),
                    kind -> kind.name().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(naming.name("storage") + ": " + e.getMessage(), e);
        }
    }

    private int partitions(OptionNaming naming) {
        int partitions = (Integer) getOrDefault(numPartitions());
        if (partitions < 0) {
            throw new IllegalArgumentException(naming.name("partitions") + " " + partitions
                    + ": give 1 or more, or 0 for as many as the cluster has cores");
        }
        return partitions;
    }

    private @Nullable String text(Param<String> param) {
        return RowwiseParamSet.text(this, param);
    }
}
