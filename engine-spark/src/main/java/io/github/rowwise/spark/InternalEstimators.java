package io.github.rowwise.spark;

import io.github.rowwise.tables.OptionNaming;
import org.apache.spark.sql.Dataset;

/** Not part of the API: lets {@code RowwiseSubmit} fit an estimator with messages that name its own options. */
public final class InternalEstimators {

    private InternalEstimators() {}

    /**
     * Rejects options that cannot be used, before any job.
     *
     * @param estimator the estimator
     * @param naming how messages name the options
     * @throws IllegalArgumentException if an option cannot be used
     */
    public static void check(RowwiseEstimator estimator, OptionNaming naming) {
        estimator.settings(naming).algebra();
        estimator.checkTableOptions(naming);
    }

    /**
     * Fits an estimator.
     *
     * @param estimator the estimator
     * @param table one row per unit and period
     * @param naming how messages name the options
     * @return the model
     */
    public static RowwiseModel fit(RowwiseEstimator estimator, Dataset<?> table, OptionNaming naming) {
        return estimator.fit(table, naming);
    }
}
