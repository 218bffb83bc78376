package io.github.rowwise.spark.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.BlockManagerMaster;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * Runs the jobs of one fit, with a description and under the fit's own tag, so that the caller's job group, description and
 * tags stay unchanged.
 */
final class FitJobs {

    private static final String DESCRIPTION = "spark.job.description";
    private static final String CANCELLED = "SPARK_JOB_CANCELLED";

    private final SparkContext spark;
    private final FitId fit;
    private final String tag;

    FitJobs(SparkContext spark, FitId fit) {
        this.spark = spark;
        this.fit = fit;
        this.tag = "rowwise-fit-" + fit.number();
    }

    /**
     * Runs a job.
     *
     * @throws CancellationException if the thread is interrupted, or the job is cancelled; the thread stays interrupted
     */
    <T> T run(String what, Callable<T> job) {
        requireNoInterrupt(what);
        String description = spark.getLocalProperty(DESCRIPTION);
        spark.setJobDescription("Rowwise fit " + fit.number() + ": " + what);
        spark.addJobTag(tag);
        try {
            return job.call();
        } catch (Exception e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof InterruptedException) {
                    spark.cancelJobsWithTag(tag);
                    Thread.currentThread().interrupt();
                    throw cancelled(what, e);
                }
                if (cause instanceof ShardFailureException failure) {
                    throw failure.unwrapped();
                }
            }
            if (e instanceof SparkException stopped && CANCELLED.equals(stopped.getCondition())) {
                throw cancelled(what, e);
            }
            throw SneakyThrow.rethrown(e);
        } finally {
            spark.removeJobTag(tag);
            spark.setJobDescription(description);
        }
    }

    /** Discards the fit's workers on all executors, without waiting. The next fit discards those that no task reaches. */
    void forget() {
        String description = spark.getLocalProperty(DESCRIPTION);
        try {
            spark.setJobDescription("Rowwise fit " + fit.number() + ": its end");
            LiveFits live = LiveFits.now(fit.application());
            List<Tuple2<Integer, Seq<String>>> places = new ArrayList<>();
            BlockManagerMaster executors = SparkEnv.get().blockManager().master();
            for (BlockManagerId executor :
                    CollectionConverters.asJava(executors.getMemoryStatus()).keySet()) {
                places.add(new Tuple2<>(
                        places.size(),
                        CollectionConverters.asScala(List.of(ShardTask.home(executor)))
                                .toList()));
            }
            Future<?> unused = spark.makeRDD(
                            CollectionConverters.asScala(places).toSeq(),
                            ClassTag$.MODULE$.<Integer>apply(Integer.class))
                    .toJavaRDD()
                    .foreachPartitionAsync(ignored -> ShardWorkerRegistry.keep(live));
        } finally {
            spark.setJobDescription(description);
        }
    }

    private static void requireNoInterrupt(String what) {
        if (Thread.currentThread().isInterrupted()) {
            throw cancelled(what, null);
        }
    }

    private static CancellationException cancelled(String what, @Nullable Throwable cause) {
        CancellationException cancelled = new CancellationException("called off: " + what);
        cancelled.initCause(cause);
        return cancelled;
    }
}
