package io.github.rowwise.spark.fit;

import io.github.rowwise.engine.Engine;
import io.github.rowwise.engine.Merge;
import io.github.rowwise.engine.PartialSum;
import io.github.rowwise.engine.ShardRows;
import io.github.rowwise.spark.panel.TestBlocks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * A small program like an estimator: means of the periods, then passes in which each unit's weight, which stays in its part,
 * goes on from what it was in the pass before. A share left out, made twice or made from another total changes every weight.
 *
 * @param passes how many
 * @param course what else happens
 */
public record WeightedMeans(int passes, Course course) implements ShardProgram<WeightedMeans.Result> {

    WeightedMeans(int passes) {
        this(passes, Course.UNDISTURBED);
    }

    /** Result of a part, with a row of name and weight for each unit. */
    public record Result(double[] means, List<Row> weights) {}

    /** Where tests come in. */
    public interface Course extends Serializable {

        Course UNDISTURBED = new Course() {};

        default String agreement() {
            return "test";
        }

        /** Before a sum is asked for. */
        default void before(int pass, ShardData part) {}

        /** Within the part's share. */
        default void within(int pass, ShardData part) {}

        default void atTheEnd(ShardData part) {}

        /** Passes that this part makes. */
        default int passes(int passes, ShardData part) {
            return passes;
        }
    }

    @Override
    public String agreement() {
        return course.agreement();
    }

    @Override
    public Result run(ShardData part, Engine engine) {
        double[] weights = new double[part.unitNames().size()];
        double[] means = new double[TestBlocks.PERIODS];
        for (int pass = 0; pass < course.passes(passes, part); pass++) {
            course.before(pass, part);
            Pass sum = new Pass(pass, part, means, weights, course);
            means = engine.allReduce(sum);
            double norm = means[TestBlocks.PERIODS];
            for (int period = 0; period < TestBlocks.PERIODS; period++) {
                means[period] /= norm;
            }
        }
        course.atTheEnd(part);
        List<Row> named = new ArrayList<>();
        for (int unit = 0; unit < weights.length; unit++) {
            named.add(RowFactory.create(part.unitNames().get(unit), weights[unit]));
        }
        return new Result(means, named);
    }

    /** Sums of the periods by weight, and the weights' sum at the end. */
    private record Pass(int pass, ShardData part, double[] means, double[] weights, Course course)
            implements PartialSum<double[]> {

        @Override
        public String label() {
            return "pass " + pass;
        }

        @Override
        public boolean readsRows() {
            return true;
        }

        @Override
        public double @Nullable [] ofShard(Iterator<ShardRows> rows) {
            course.within(pass, part);
            double[] sums = new double[TestBlocks.PERIODS + 1];
            int unit = 0;
            while (rows.hasNext()) {
                double[] outcomes = rows.next().outcomes();
                for (int from = 0; from < outcomes.length; from += TestBlocks.PERIODS) {
                    double product = 1;
                    for (int period = 0; period < TestBlocks.PERIODS; period++) {
                        product += outcomes[from + period] * means[period];
                    }
                    weights[unit] = 0.5 * weights[unit] + product * product;
                    for (int period = 0; period < TestBlocks.PERIODS; period++) {
                        sums[period] += weights[unit] * outcomes[from + period];
                    }
                    sums[TestBlocks.PERIODS] += weights[unit];
                    unit++;
                }
            }
            return unit == 0 ? null : sums;
        }

        @Override
        public Merge<double[]> merge() {
            return (earlier, later) -> {
                for (int i = 0; i < earlier.length; i++) {
                    earlier[i] += later[i];
                }
                return earlier;
            };
        }
    }
}
