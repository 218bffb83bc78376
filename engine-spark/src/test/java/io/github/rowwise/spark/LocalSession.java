package io.github.rowwise.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The session that the test classes with this extension share. It runs until a class needs Spark with other settings. */
public final class LocalSession implements BeforeAllCallback {

    private static @Nullable SparkSession session;

    @Override
    public void beforeAll(ExtensionContext context) {
        if (session == null) {
            session = SparkSession.builder()
                    .config(LocalSpark.conf())
                    .config("spark.sql.shuffle.partitions", "3")
                    .config("spark.sql.session.timeZone", "UTC")
                    .getOrCreate();
        }
    }

    /** Makes room for another one: a process has one Spark context at a time. */
    static void stop() {
        if (session != null) {
            session.stop();
            session = null;
        }
    }

    public static SparkSession session() {
        return Objects.requireNonNull(session);
    }

    /** A table of unit, time, outcome and treatment as texts. */
    public static Dataset<Row> texts(Object[]... rows) {
        DataType text = DataTypes.StringType;
        return table(new DataType[] {text, text, text, text}, rows);
    }

    /** The same as a text, a whole number, a number and a whole number. */
    public static Dataset<Row> numbers(Object[]... rows) {
        return table(
                new DataType[] {DataTypes.StringType, DataTypes.IntegerType, DataTypes.DoubleType, DataTypes.IntegerType
                },
                rows);
    }

    public static Dataset<Row> table(DataType[] types, Object[]... rows) {
        String[] names = {"unit", "time", "outcome", "treatment"};
        StructType schema = new StructType();
        for (int k = 0; k < names.length; k++) {
            schema = schema.add(names[k], types[k]);
        }
        List<Row> list = Arrays.stream(rows).map(RowFactory::create).toList();
        return session().createDataFrame(list, schema).repartition(2);
    }
}
