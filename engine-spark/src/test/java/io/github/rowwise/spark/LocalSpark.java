package io.github.rowwise.spark;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark within the test's own process. */
public final class LocalSpark {

    private LocalSpark() {}

    /** Two cores; a task is tried up to four times. */
    public static SparkConf conf() {
        return new SparkConf()
                .setMaster("local[2,4]")
                .setAppName("rowwise tests")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1");
    }

    /** Starts a context of the caller's own, in place of the shared session. */
    public static JavaSparkContext start() {
        return start(conf());
    }

    /** The same with other settings. */
    public static JavaSparkContext start(SparkConf conf) {
        LocalSession.stop();
        return new JavaSparkContext(conf);
    }
}
