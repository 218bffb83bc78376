package io.github.rowwise.spark;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rowwise.internal.text.PlainName;
import io.github.rowwise.internal.text.Quoted;
import io.github.rowwise.spark.effects.EffectsTable;
import io.github.rowwise.spark.effects.ModelSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * The result of a {@link RowwiseEstimator}: the effects, and all that a reader needs to judge them.
 *
 * <p>A saved model is a folder with the parameters, {@code effects} as Parquet and {@code summary} as JSON.
 *
 * <pre class="example">{@code
 * model.effects().write().parquet("effects");
 * model.write().overwrite().save("model");
 * RowwiseModel again = RowwiseModel.load("model");
 * }</pre>
 */
public final class RowwiseModel extends Model<RowwiseModel> implements RowwiseParams, MLWritable {

    private static final long serialVersionUID = 1L;
    private static final String EFFECTS = "effects";
    private static final String SUMMARY = "summary";

    private final String uid;
    private final RowwiseParamSet paramSet;
    private final transient Dataset<Row> effects;
    private final transient ModelSummary summary;

    RowwiseModel(String uid, Dataset<Row> effects, ModelSummary summary) {
        this.uid = uid;
        this.effects = effects;
        this.summary = summary;
        paramSet = new RowwiseParamSet(uid);
        paramSet.setDefaults(this);
    }

    /**
     * Returns a reader of models.
     *
     * @return the reader
     */
    public static MLReader<RowwiseModel> read() {
        return new Reader();
    }

    /**
     * Reads a model.
     *
     * @param path the folder to which a model was saved
     * @return the model
     */
    public static RowwiseModel load(String path) {
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
     * Returns the effects of all units, one row per unit, or per unit and arm if there are more than two arms. The columns are
     * those of the program's table.
     *
     * @return the table; null where there is no estimate. After a fit it stays in the executors' memory until
     *     {@link Dataset#unpersist()}
     */
    public Dataset<Row> effects() {
        return effects;
    }

    /**
     * Returns the effects of each arm averaged over the estimable units.
     *
     * @return one row per treatment: {@code arm}, {@code units}, and {@code ate}, {@code att}, {@code atu},
     *     {@code att_over_cells} each with {@code _se}, {@code _ci_lo} and {@code _ci_hi}; null if there is none
     */
    public Dataset<Row> averages() {
        StructType schema =
                new StructType().add("arm", DataTypes.StringType, false).add("units", DataTypes.LongType, false);
        List<String> estimates = List.of("ate", "att", "atu", "att_over_cells");
        List<String> numbers = List.of("value", "se", "ci_lo", "ci_hi");
        for (String estimate : estimates) {
            for (String number : numbers) {
                schema = schema.add(
                        number.equals("value") ? estimate : estimate + "_" + number, DataTypes.DoubleType, true);
            }
        }
        List<Row> rows = new ArrayList<>();
        for (JsonNode arm : summary.root().path("averages")) {
            List<@Nullable Object> values = new ArrayList<>();
            values.add(arm.path("arm").asText());
            values.add(arm.path("units").asLong());
            for (String estimate : estimates) {
                for (String number : numbers) {
                    JsonNode value = arm.path(estimate).path(number);
                    values.add(value.isNumber() ? (Double) value.asDouble() : null);
                }
            }
            rows.add(RowFactory.create(values.toArray()));
        }
        return effects.sparkSession().createDataFrame(rows, schema);
    }

    /**
     * Returns the names of the arms.
     *
     * @return control first
     */
    public List<String> arms() {
        return summary.arms();
    }

    /**
     * Returns the rank of each arm's spectrum, or that of the factor model.
     *
     * @return one number per arm with the spectral method, control first; one number with the factor model
     */
    public List<Integer> ranks() {
        JsonNode model = summary.root().path("factor_model");
        if (!model.isMissingNode()) {
            return List.of(model.path("rank").asInt());
        }
        List<Integer> ranks = new ArrayList<>();
        summary.root().path("spectra").forEach(arm -> ranks.add(arm.path("rank").asInt()));
        return List.copyOf(ranks);
    }

    /**
     * Returns the warnings about the panel and the fit.
     *
     * @return sentences; empty if there is no warning
     */
    public List<String> warnings() {
        return summary.texts("warnings");
    }

    /**
     * Returns the provenance of the result: version, method, seed, backend, backend_version and data_hash.
     *
     * @return the values by name
     */
    public Map<String, String> provenance() {
        Map<String, String> provenance = new TreeMap<>();
        summary.root().path("provenance").properties().forEach(member -> {
            if (member.getValue().isValueNode()) {
                provenance.put(member.getKey(), member.getValue().asText());
            }
        });
        return provenance;
    }

    /**
     * Returns the number of passes over the panel.
     *
     * @return 1 or more
     */
    public int passes() {
        return summary.root().path("passes").asInt();
    }

    /**
     * Returns all of the fit except its units as one JSON document: panel, averages, spectra or factor model, grades,
     * warnings, provenance. The members are those of the program's JSON.
     *
     * @return one line
     */
    public String summary() {
        return summary.json();
    }

    /**
     * Adds to each row the effects of its unit. With more than two arms they are those of the arm in {@link #treatmentCol()}.
     *
     * @param table a table with the column of the unit
     * @return the table with the effects; null if the unit is not in the panel, or if the row's arm is control and there are
     *     several treatments
     * @throws IllegalArgumentException if a column is missing or would exist twice
     */
    @Override
    public Dataset<Row> transform(Dataset<?> table) {
        transformSchema(table.schema());
        Dataset<Row> rows = table.toDF();
        Column match = text(rows, getOrDefault(unitCol())).equalTo(effects.col("unit"));
        if (arms().size() > 2) {
            // Arms were joined from levels that differ in blanks, case or as numbers.
            UserDefinedFunction level = functions.udf((UDF1<String, String>) RowwiseModel::plain, DataTypes.StringType);
            match = match.and(
                    level.apply(text(rows, getOrDefault(treatmentCol()))).equalTo(level.apply(effects.col("arm"))));
        }
        return rows.join(effects, match, "left").select(columns(rows.columns(), rows));
    }

    private Column[] columns(String[] names, Dataset<Row> rows) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(rows.col(quoted(name)));
        }
        for (StructField field : added()) {
            columns.add(effects.col(field.name()));
        }
        return columns.toArray(Column[]::new);
    }

    private static @Nullable String plain(@Nullable String level) {
        return level == null ? null : PlainName.ofLevel(level);
    }

    private static Column text(Dataset<Row> rows, String name) {
        return rows.col(quoted(name)).cast(DataTypes.StringType);
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    @Override
    public StructType transformSchema(StructType schema) {
        List<String> names = Arrays.asList(schema.fieldNames());
        for (String needed : arms().size() > 2
                ? List.of(getOrDefault(unitCol()), getOrDefault(treatmentCol()))
                : List.of(getOrDefault(unitCol()))) {
            if (!names.contains(needed)) {
                throw new IllegalArgumentException(
                        "no column " + Quoted.value(needed) + " to join effects by; there are " + Quoted.list(names));
            }
        }
        return extended(schema);
    }

    /** Returns a schema with the columns that {@link #transform} adds. */
    static StructType extended(StructType schema) {
        StructType extended = schema;
        List<String> names = Arrays.asList(schema.fieldNames());
        for (StructField field : added()) {
            if (names.contains(field.name())) {
                throw new IllegalArgumentException("the column " + Quoted.value(field.name())
                        + " is there already, and would come from the effects, too; rename it");
            }
            extended = extended.add(field.name(), field.dataType(), true);
        }
        return extended;
    }

    private static List<StructField> added() {
        return Arrays.stream(new EffectsTable(2).schema().fields())
                .filter(field -> !field.name().equals("unit"))
                .toList();
    }

    @Override
    public RowwiseModel copy(ParamMap extra) {
        RowwiseModel copy = new RowwiseModel(uid, effects, summary);
        return copyValues(copy, extra).setParent(parent());
    }

    @Override
    public MLWriter write() {
        return new Writer(this);
    }

    private static final class Writer extends MLWriter {

        private final RowwiseModel model;

        Writer(RowwiseModel model) {
            this.model = model;
        }

        @Override
        public void saveImpl(String path) {
            DefaultParamsWriter$.MODULE$.saveMetadata(model, path, sparkSession());
            sparkSession()
                    .createDataset(List.of(model.summary()), Encoders.STRING())
                    .coalesce(1)
                    .write()
                    .text(path + "/" + SUMMARY);
            model.effects.write().parquet(path + "/" + EFFECTS);
        }
    }

    private static final class Reader extends MLReader<RowwiseModel> {

        @Override
        public RowwiseModel load(String path) {
            var metadata =
                    DefaultParamsReader$.MODULE$.loadMetadata(path, sparkSession(), RowwiseModel.class.getName());
            String json = sparkSession().read().textFile(path + "/" + SUMMARY).first();
            Dataset<Row> effects = sparkSession().read().parquet(path + "/" + EFFECTS);
            RowwiseModel model =
                    new RowwiseModel(metadata.uid(), effects, ModelSummary.read(Objects.requireNonNull(json)));
            metadata.getAndSetParams(model, Option.empty());
            return model;
        }
    }
}
