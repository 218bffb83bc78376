package io.github.rowwise.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

final class Probe {
    private Probe() {}

    static long count(Dataset<Row> rows, Param<String> p) {
        return rows.count()
                + p.name().length()
                + JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext())
                        .defaultParallelism();
    }
}
