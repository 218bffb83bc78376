package io.github.rowwise.spark;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.SpectralEstimator;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelBuilder;
import java.io.IOException;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Both methods on panels in files, in two cores of this process and on a cluster of two workers, beside the same in memory: fails
 * where effects differ by more than 1e-8, or ranks, grades, reasons or warnings at all.
 *
 * <p>Arguments: CSV files with the columns unit, time, outcome and treatment (0, 1, ...); {@code engine-spark/study agree FILE}.
 */
final class AgreementStudy {

    private AgreementStudy() {}

    public static void main(String[] files) throws IOException {
        try (TestCluster cluster = TestCluster.start(2)) {
            for (SparkConf conf : List.of(LocalSpark.conf(), cluster.conf(2, entry -> true))) {
                try (SparkSession session = SparkSession.builder().config(conf).getOrCreate()) {
                    for (String file : files) {
                        compare(session, conf.get("spark.master"), file);
                    }
                }
            }
        }
    }

    private static void compare(SparkSession session, String master, String file) {
        Dataset<Row> table = session.read()
                .option("header", "true")
                .option("inferSchema", "true")
                .csv(file)
                .select("unit", "time", "outcome", "treatment");
        PanelBuilder builder = Panel.builder();
        for (Row row : table.orderBy("unit", "time").collectAsList()) {
            builder.add(
                    row.get(0).toString(),
                    row.get(1).toString(),
                    ((Number) row.get(3)).intValue(),
                    row.isNullAt(2) ? Double.NaN : ((Number) row.get(2)).doubleValue());
        }
        Panel panel = builder.build();
        for (String method : List.of("factor-model", "spectral")) {
            UnitEffects effects = method.equals("factor-model")
                    ? FactorModelEstimator.withDefaults().fit(panel)
                    : SpectralEstimator.withDefaults().fit(panel);
            RowwiseModel model =
                    RowwiseEstimatorTest.estimator(panel).setMethod(method).fit(table);
            RowwiseEstimatorTest.assertSame(model, effects);
            System.out.println(master + " " + method + ": " + panel.units() + " x " + panel.periods() + ", ranks "
                    + model.ranks() + ", as in memory");
        }
    }
}
