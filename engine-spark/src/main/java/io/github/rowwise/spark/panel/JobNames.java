package io.github.rowwise.spark.panel;

import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/** Names jobs in Spark's user interface. */
public final class JobNames {

    private static final String DESCRIPTION = "spark.job.description";

    private JobNames() {}

    /** Runs jobs under a name, and restores the caller's afterwards. */
    public static <T> T during(SparkContext spark, String what, Supplier<T> jobs) {
        String before = spark.getLocalProperty(DESCRIPTION);
        spark.setJobDescription("Rowwise: " + what);
        try {
            return jobs.get();
        } finally {
            spark.setJobDescription(before);
        }
    }
}
