package io.github.rowwise.spark.fit;

import io.github.rowwise.engine.Engine;
import io.github.rowwise.engine.Merge;
import io.github.rowwise.engine.PartialSum;
import io.github.rowwise.engine.ShardCheckpoint;
import io.github.rowwise.spark.panel.JavaSerialization;
import io.github.rowwise.spark.panel.OnePerPartition;
import io.github.rowwise.spark.panel.UnitBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * The engine of the driver's shard, which has no units. Each reduction is a job over the partitions.
 *
 * @param <R> type of the program's result
 */
final class DriverEngine<R> implements Engine, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DriverEngine.class);

    /** Bytes of partial sums that the driver merges itself. Beyond it, executors merge groups first, which takes a shuffle. */
    private static final String MOST_BYTES = "spark.rowwise.driver.shares";

    private static final String MOST_BYTES_DEFAULT = "64m";

    private final JavaSparkContext spark;
    private final JavaRDD<UnitBlock> blocks;
    private final FitId fit;
    private final ShardProgram<R> program;
    private final int arms;
    private final FitJobs jobs;
    private final String agreement;
    private final long mostBytes;
    private final @Nullable FitCheckpoints checkpoints;
    private final FitCheckpoints.@Nullable Part kept;
    private final ArrayList<CompletedSum> steps = new ArrayList<>();
    private String @Nullable [] homes;
    private long @Nullable [] checksums;
    private long largestShare;
    private long repeated;
    private int whole;

    DriverEngine(
            FitId fit,
            JavaRDD<UnitBlock> blocks,
            int arms,
            ShardProgram<R> program,
            @Nullable FitCheckpoints checkpoints) {
        this.spark = JavaSparkContext.fromSparkContext(blocks.context());
        this.blocks = blocks;
        this.fit = fit;
        this.program = program;
        this.arms = arms;
        this.jobs = new FitJobs(spark.sc(), fit);
        this.agreement = program.agreement();
        this.checkpoints = checkpoints;
        this.kept = checkpoints == null ? null : checkpoints.ofPart(FitCheckpoints.DRIVER);
        this.whole = checkpoints == null ? 0 : checkpoints.base();
        this.mostBytes = spark.getConf().getSizeAsBytes(MOST_BYTES, MOST_BYTES_DEFAULT);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S> S allReduce(PartialSum<S> sum) {
        String label = sum.label();
        ShardTask<R> task = task();
        ShardRdd<byte[]> answers = new ShardRdd<>(
                blocks.rdd(),
                byte[].class,
                (part, reader, context) ->
                        List.of(task.share(label, part, reader, context)).iterator(),
                homes);
        Merge<S> merge = sum.merge();
        return jobs.run(label, () -> {
            PartialSums shares = collected(answers.toJavaRDD(), merge);
            hear(shares.answers(), label);
            byte[] bytes = shares.sum();
            if (bytes == null) {
                throw new IllegalArgumentException("no partition has units: give a panel with one or more");
            }
            largestShare = Math.max(largestShare, bytes.length);
            if (!steps.isEmpty()) {
                // Executors need only the newest total; a replacement for a lost executor asks the driver for the
                // others.
                steps.get(steps.size() - 1).total().unpersist();
            }
            steps.add(new CompletedSum(label, spark.broadcast(bytes)));
            markWhole();
            return (S) JavaSerialization.read(bytes);
        });
    }

    @Override
    public @Nullable ShardCheckpoint checkpoint() {
        return kept;
    }

    /** The other shards have stored what the driver's shard stored before this reduction. */
    private void markWhole() {
        if (checkpoints != null && kept != null && kept.iteration() > whole) {
            whole = kept.iteration();
            checkpoints.markWhole(whole);
        }
    }

    @Override
    public void close() {
        if (kept != null) {
            kept.close();
        }
    }

    /** Number of partial sums that were repeated. */
    long repeated() {
        return repeated;
    }

    /** Finishes the shards' programs and persists their rows. */
    <T> JavaRDD<T> rows(ResultRows<R, T> rows) {
        ShardTask<R> task = task();
        JavaRDD<T> all = new ShardRdd<T>(
                        blocks.rdd(),
                        Object.class,
                        (part, reader, context) -> task.rows(rows, part, reader, context),
                        homes)
                .toJavaRDD()
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            jobs.run("results of the units", all::count);
            return all;
        } catch (Throwable e) {
            all.unpersist(false);
            throw e;
        }
    }

    /** Discards workers and totals after a failed fit. */
    void giveUp() {
        // A pending interrupt must not cancel this.
        boolean isInterrupted = Thread.interrupted();
        try {
            jobs.forget();
            for (CompletedSum step : steps) {
                step.total().destroy();
            }
        } catch (RuntimeException e) {
            LOG.debug("Fit {} is over, and so is Spark", fit.number(), e);
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Discards, after a fit, workers that stayed behind when their shard moved. */
    void tidy() {
        if (repeated > 0) {
            jobs.forget();
        }
    }

    private ShardTask<R> task() {
        return new ShardTask<>(
                fit, LiveFits.now(fit.application()), program, arms, new ArrayList<>(steps), checksums, checkpoints);
    }

    private <S> PartialSums collected(JavaRDD<byte[]> answers, Merge<S> merge) {
        int parts = answers.getNumPartitions();
        if (parts * largestShare <= mostBytes) {
            return merged(OnePerPartition.collect(answers), merge);
        }
        return merged(
                answers.mapToPair(bytes -> new Tuple2<>(TaskContext.getPartitionId(), bytes))
                        .partitionBy(new GroupPartitioner(parts))
                        .mapPartitions(group -> {
                            TreeMap<Integer, byte[]> inOrder = new TreeMap<>();
                            group.forEachRemaining(answer -> inOrder.put(answer._1(), answer._2()));
                            return List.of(JavaSerialization.of(merged(inOrder.values(), merge)))
                                    .iterator();
                        })
                        .collect(),
                merge);
    }

    private static <S> PartialSums merged(Iterable<byte[]> shares, Merge<S> merge) {
        List<PartialSums> read = new ArrayList<>();
        shares.forEach(bytes -> read.add(PartialSums.read(bytes)));
        return PartialSums.merge(read, merge);
    }

    /** Records what the shards report besides their partial sums. */
    private void hear(List<ShardReply> answers, String label) {
        homes = answers.stream().map(ShardReply::home).toArray(String[]::new);
        long before = repeated;
        for (ShardReply answer : answers) {
            if (!answer.agreement().isEmpty() && !answer.agreement().equals(agreement)) {
                throw new IllegalStateException("part " + answer.part() + " on " + answer.home() + " computes with "
                        + answer.agreement() + ", the driver with " + agreement
                        + ": give all processes the same jars and options of Java");
            }
            repeated += answer.repeated();
        }
        if (repeated > before) {
            LOG.warn(
                    "Fit {}, {}: restarted shards repeated {} partial sums, because an executor was lost or tasks "
                            + "ran away from their data (then raise spark.locality.wait)",
                    fit.number(),
                    label,
                    repeated - before);
        }
        if (checksums == null) {
            checksums = answers.stream().mapToLong(ShardReply::checksum).toArray();
        }
    }
}
