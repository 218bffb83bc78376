package io.github.rowwise.spark.effects;

import io.github.rowwise.internal.stats.TopDecile;
import java.io.Serializable;
import org.apache.spark.sql.Row;

/**
 * Reads the ATE from the rows of a shard.
 *
 * @param value index of the estimate
 * @param standardError index of its standard error
 * @param arm index of the arm's number
 * @param degreesOfFreedom index of its degrees of freedom, null if there is no standard error
 */
record AteColumns(int value, int standardError, int arm, int degreesOfFreedom) implements Serializable {

    boolean isKnown(Row row) {
        return !row.isNullAt(degreesOfFreedom);
    }

    int arm(Row row) {
        return row.getInt(arm);
    }

    /** The probability that the effect is above a threshold. */
    double above(Row row, double threshold) {
        return TopDecile.above(
                row.getDouble(value), row.getDouble(standardError), row.getDouble(degreesOfFreedom), threshold);
    }
}
