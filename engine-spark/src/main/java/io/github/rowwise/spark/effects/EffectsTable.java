package io.github.rowwise.spark.effects;

import io.github.rowwise.effects.Estimate;
import io.github.rowwise.effects.UnitEffect;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.spark.panel.JobNames;
import io.github.rowwise.tables.EffectColumn;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Makes the effects table. A shard knows all of a unit's row except what depends on all units of an arm: the q-value and the
 * probability of being in the top decile.
 */
public final class EffectsTable {

    /** Number of extra columns of a shard's rows: the arm's number, and the degrees of freedom of the ATE. */
    private static final int MORE = 2;

    private final List<String> names;
    private final StructType schema;

    public EffectsTable(int arms) {
        StructType fields = new StructType();
        for (EffectColumn column : EffectColumn.of(arms, false)) {
            fields = fields.add(column.name(), type(column.kind()), !isKnown(column.name()));
        }
        schema = fields;
        names = List.of(fields.fieldNames());
    }

    /** Returns the columns, which are those of the program's table. */
    public StructType schema() {
        return schema;
    }

    /** Returns the rows of a shard by unit and arm, without q-values and probabilities of the top decile. */
    public static Iterator<Row> shardRows(UnitEffects effects) {
        List<EffectColumn> columns = EffectColumn.of(effects, false);
        List<String> arms = effects.panel().armNames();
        Iterator<UnitEffect> units = effects.effects().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return units.hasNext();
            }

            @Override
            public Row next() {
                UnitEffect unit = units.next();
                EffectColumn.Row row = EffectColumn.Row.of(unit, arms.get(unit.arm()), effects.confidenceLevel());
                @Nullable Object[] values = new Object[columns.size() + MORE];
                for (int k = 0; k < columns.size(); k++) {
                    values[k] = columns.get(k).value().apply(row);
                }
                Estimate ate = unit.ate();
                values[columns.size()] = unit.arm();
                values[columns.size() + 1] = ate.hasStandardError() ? ate.degreesOfFreedom() : null;
                return RowFactory.create(values);
            }
        };
    }

    /**
     * Adds what depends on all units.
     *
     * @param parts {@link #shardRows} of all shards; persisted, because they are read several times
     * @param hasPosterior whether the method has probabilities, as the factor model does
     * @return the table, in the order and partitions of {@code parts}; persisted
     */
    public Dataset<Row> of(SparkSession session, JavaRDD<Row> parts, int arms, boolean hasPosterior) {
        AteColumns ate = new AteColumns(names.indexOf("ate"), names.indexOf("ate_se"), names.size(), names.size() + 1);
        SparkContext spark = session.sparkContext();
        double[] thresholds = hasPosterior
                ? JobNames.during(spark, "top decile", () -> DistributedTopDecile.thresholds(parts, ate, arms))
                : new double[0];
        DistributedQValues.QValues qValues = JobNames.during(
                spark,
                "q-values",
                () -> DistributedQValues.qValues(session, parts, ate, names.indexOf("p_value"), arms));
        int size = names.size();
        int q = names.indexOf("q_value");
        int topDecile = names.indexOf("prob_top_decile");
        JavaRDD<Row> rows = parts.zipPartitions(
                qValues.values(),
                (units, values) -> fullRows(units, values.next(), ate, size, q, topDecile, thresholds));
        Dataset<Row> table = session.createDataFrame(rows, schema).persist(StorageLevel.MEMORY_AND_DISK());
        JobNames.during(spark, "table of effects", table::count);
        qValues.kept().unpersist(false);
        return table;
    }

    /** Completes rows one by one, without holding a partition's rows. */
    private static Iterator<Row> fullRows(
            Iterator<Row> units,
            double[] qValues,
            AteColumns ate,
            int size,
            int q,
            int topDecile,
            double[] thresholds) {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return units.hasNext();
            }

            @Override
            public Row next() {
                Row row = units.next();
                @Nullable Object[] cells = new Object[size];
                for (int k = 0; k < size; k++) {
                    cells[k] = row.get(k);
                }
                if (ate.isKnown(row)) {
                    cells[q] = qValues[next];
                    if (thresholds.length > 0) {
                        cells[topDecile] = ate.above(row, thresholds[ate.arm(row)]);
                    }
                }
                next++;
                return RowFactory.create(cells);
            }
        };
    }

    private static boolean isKnown(String name) {
        return List.of("unit", "arm", "n_treated", "n_control", "n_missing", "propensity", "grade")
                .contains(name);
    }

    private static DataType type(EffectColumn.Kind kind) {
        return switch (kind) {
            case TEXT -> DataTypes.StringType;
            case WHOLE -> DataTypes.IntegerType;
            case NUMBER -> DataTypes.DoubleType;
        };
    }
}
