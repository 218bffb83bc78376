package io.github.rowwise.spark.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.rowwise.spark.LocalSpark;
import io.github.rowwise.spark.panel.TestBlocks;
import io.github.rowwise.spark.panel.UnitBlock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Executors are in this process here, so that the courses of programs reach the counters. */
@Tag("slow")
@Timeout(60)
class SparkFitFaultsTest {

    private static final int PASSES = 6;
    private static final int[] UNITS = {4, 0, 5, 3};
    private static final AtomicInteger EVENTS = new AtomicInteger();

    private static JavaSparkContext spark;
    private static CountDownLatch reached = new CountDownLatch(1);

    @BeforeAll
    static void start() {
        spark = LocalSpark.start();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @BeforeEach
    void reset() {
        EVENTS.set(0);
        reached = new CountDownLatch(1);
    }

    @AfterEach
    void noReplicaStays() throws InterruptedException {
        for (int wait = 0; ShardWorkerRegistry.count() > 0 && wait < 200; wait++) {
            Thread.sleep(20);
        }
        assertThat(ShardWorkerRegistry.count()).isZero();
    }

    /** A course that does something in one part of the executors. */
    private interface InPart extends WeightedMeans.Course {
        void at(int pass);

        @Override
        default void within(int pass, ShardData part) {
            if (part.unitNames().contains("unit 5")) {
                at(pass);
            }
        }
    }

    // Lambdas, because anonymous classes would take the test along to the executors.

    private interface Before extends WeightedMeans.Course {
        void at(int pass, ShardData part);

        @Override
        default void before(int pass, ShardData part) {
            at(pass, part);
        }
    }

    private interface AtTheEnd extends WeightedMeans.Course {
        void of(ShardData part);

        @Override
        default void atTheEnd(ShardData part) {
            of(part);
        }
    }

    private interface RunFingerprint extends WeightedMeans.Course {
        String text();

        @Override
        default String agreement() {
            return text();
        }
    }

    private interface PassesOfParts extends WeightedMeans.Course {
        int number();

        @Override
        default int passes(int passes, ShardData part) {
            return part.unitNames().isEmpty() ? passes : number();
        }
    }

    @Test
    void aTaskThatFailsOnceIsTriedAgainWithTheSameResult() {
        SparkFit<WeightedMeans.Result, Row> fit = fit((InPart) pass -> {
            if (pass == 3 && EVENTS.getAndIncrement() == 0) {
                throw new IllegalStateException("for once");
            }
        });

        assertThat(EVENTS).hasValueGreaterThan(1);
        assertThat(fit.repeatedSums()).isEqualTo(3);
        requireUndisturbed(fit);
    }

    @Test
    void replicasThatAreLostAreMadeAnewWithTheSameResult() {
        SparkFit<WeightedMeans.Result, Row> fit = fit((Before) (pass, part) -> {
            if (part.unitNames().isEmpty() && pass == 4) {
                forgetAll();
            }
        });

        assertThat(fit.repeatedSums()).isEqualTo(3 * 4);
        requireUndisturbed(fit);
    }

    @Test
    void anAnswerThatWasLostIsGivenAgain() {
        JavaRDD<UnitBlock> blocks = TestBlocks.rdd(spark, UNITS);
        FitId fit = LiveFits.begin(spark.sc().applicationId());
        WeightedMeans program = new WeightedMeans(PASSES, (InPart) pass -> EVENTS.incrementAndGet());
        ShardTask<WeightedMeans.Result> task = new ShardTask<>(
                fit, LiveFits.now(fit.application()), program, TestBlocks.ARMS, new ArrayList<>(), null, null);
        JavaRDD<byte[]> answers = new ShardRdd<byte[]>(
                        blocks.rdd(),
                        byte[].class,
                        (part, reader, context) -> List.of(task.share("pass 0", part, reader, context))
                                .iterator(),
                        null)
                .toJavaRDD();

        List<byte[]> first = answers.collect();
        List<byte[]> second = answers.collect();

        assertThat(EVENTS).hasValue(1);
        assertThat(second).usingRecursiveComparison().isEqualTo(first);
        assertThat(ShardWorkerRegistry.count(fit)).isEqualTo(3);
        LiveFits.end(fit);
        ShardWorkerRegistry.keep(LiveFits.now(fit.application()));

        assertThat(answers.collect()).as("of tasks that come late").hasSize(UNITS.length);
    }

    @Test
    void twoFitsAtATimeDoNotDisturbEachOther() throws Exception {
        CompletableFuture<SparkFit<WeightedMeans.Result, Row>> other =
                CompletableFuture.supplyAsync(() -> fit(WeightedMeans.Course.UNDISTURBED));
        SparkFit<WeightedMeans.Result, Row> one = fit(WeightedMeans.Course.UNDISTURBED);

        requireUndisturbed(one);
        requireUndisturbed(other.get(50, TimeUnit.SECONDS));
        assertThat(one.repeatedSums() + other.get().repeatedSums()).isZero();
    }

    @Test
    void whatTheProgramThrowsInAPartIsThrownWithThePlace() {
        Throwable thrown = catchThrowable(() -> fit((InPart) pass -> {
            if (pass == 2) {
                throw new ArithmeticException("a part's own words");
            }
        }));

        assertThat(thrown).isExactlyInstanceOf(ArithmeticException.class).hasMessage("a part's own words");
        assertThat(thrown.getSuppressed()).singleElement().asString().contains("part 2 on executor driver (");
    }

    @Test
    void whatTheProgramThrowsInTheFirstSumLeavesNoReplicaOfTheOtherParts() {
        assertThatThrownBy(() -> fit((InPart) pass -> {
                    throw new ArithmeticException("at once");
                }))
                .isExactlyInstanceOf(ArithmeticException.class);
    }

    @Test
    void whatTheProgramThrowsBeforeItAsksIsThrown() {
        assertThatThrownBy(() -> fit((Before) (pass, part) -> {
                    if (pass == 2 && part.unitNames().contains("unit 5")) {
                        throw new ArithmeticException("before it asks");
                    }
                }))
                .isExactlyInstanceOf(ArithmeticException.class);
    }

    @Test
    void whatTheProgramThrowsAtItsEndIsThrown() {
        assertThatThrownBy(() -> fit((AtTheEnd) part -> {
                    if (part.unitNames().contains("unit 5")) {
                        throw new ArithmeticException("at the end");
                    }
                }))
                .isExactlyInstanceOf(ArithmeticException.class)
                .hasMessage("at the end");
    }

    @Test
    void aRefusalAtTheDriverIsThrownAsItIs() {
        assertThatThrownBy(() -> fit((Before) (pass, part) -> {
                    if (pass == 2 && part.unitNames().isEmpty()) {
                        throw new UnsupportedOperationException("rejected");
                    }
                }))
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasNoSuppressedExceptions();
    }

    @Test
    void partsOfOtherVersionsAreRejected() {
        assertThatThrownBy(() -> fit((RunFingerprint) () -> TaskContext.get() == null ? "version 2" : "version 1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("part 0 on ")
                .hasMessageContaining("computes with version 1, the driver with version 2");
    }

    @Test
    void partsThatTakeAnotherCourseAreRejected() {
        assertThatThrownBy(() -> fit((PassesOfParts) () -> 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the driver asks for sum 2, 'pass 2', and the part for none");
        assertThatThrownBy(() -> fit((PassesOfParts) () -> PASSES + 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the part asks for another sum");
    }

    @Test
    void dataThatChangeWhenComputedAgainAreRejected() {
        JavaRDD<UnitBlock> changing = spark.parallelize(List.of(0, 1), 2)
                .flatMap(partition -> TestBlocks.all(EVENTS.get() == 0 ? 3 : 4).iterator())
                .cache();

        assertThatThrownBy(() -> SparkFit.run(
                        changing,
                        TestBlocks.ARMS,
                        new WeightedMeans(PASSES, (Before) (pass, part) -> {
                            if (part.unitNames().isEmpty() && pass == 3) {
                                EVENTS.incrementAndGet();
                                changing.unpersist(true);
                                forgetAll();
                            }
                        }),
                        result -> result.weights().iterator()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was computed again, and its units or outcomes are not those of the first time");
    }

    @Test
    void anInterruptCallsTheFitOff() throws Exception {
        CompletableFuture<Boolean> staysInterrupted = new CompletableFuture<>();
        CompletableFuture<@Nullable Throwable> thrown = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            thrown.complete(catchThrowable(() -> fit((InPart) pass -> stay(pass))));
            staysInterrupted.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        assertThat(reached.await(50, TimeUnit.SECONDS)).isTrue();

        caller.interrupt();

        assertThat(thrown.get(50, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        assertThat(staysInterrupted.get(50, TimeUnit.SECONDS)).isTrue();
        requireNothingRuns();
    }

    @Test
    void whoeverCancelsTheCallersJobGroupCallsTheFitOff() throws Exception {
        CompletableFuture<@Nullable Throwable> thrown = CompletableFuture.supplyAsync(() -> {
            spark.setJobGroup("caller's", "caller's own");
            return catchThrowable(() -> fit((InPart) pass -> stay(pass)));
        });
        assertThat(reached.await(50, TimeUnit.SECONDS)).isTrue();

        spark.cancelJobGroup("caller's");

        assertThat(thrown.get(50, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        requireNothingRuns();
    }

    @Test
    void theCallersJobGroupAndDescriptionStay() {
        spark.setJobGroup("caller's", "caller's own");
        String[] within = new String[2];
        try {
            fit(WeightedMeans.Course.UNDISTURBED);
            within[0] = spark.getLocalProperty("spark.jobGroup.id");
            within[1] = spark.getLocalProperty("spark.job.description");
        } finally {
            spark.clearJobGroup();
        }

        assertThat(within).containsExactly("caller's", "caller's own");
        assertThat(spark.getJobTags()).isEmpty();
    }

    /** In the third pass, until Spark kills the task. */
    private static void stay(int pass) {
        if (pass == 2) {
            reached.countDown();
            TaskContext task = TaskContext.get();
            for (int wait = 0; !task.isInterrupted() && wait < 3000; wait++) {
                try {
                    Thread.sleep(10);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private static void forgetAll() {
        ShardWorkerRegistry.keep(new LiveFits("none", 0, 0, new HashSet<>()));
    }

    private static void requireNothingRuns() throws InterruptedException {
        // A job that was submitted just before the fit was called off shows up late.
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        int free = 0;
        while (free < 10 && System.nanoTime() < end) {
            Thread.sleep(20);
            free = spark.statusTracker().getActiveJobIds().length > 0 ? 0 : free + 1;
        }
        assertThat(spark.statusTracker().getActiveJobIds()).isEmpty();
    }

    private static SparkFit<WeightedMeans.Result, Row> fit(WeightedMeans.Course course) {
        return SparkFit.run(
                TestBlocks.rdd(spark, UNITS),
                TestBlocks.ARMS,
                new WeightedMeans(PASSES, course),
                result -> result.weights().iterator());
    }

    private static void requireUndisturbed(SparkFit<WeightedMeans.Result, Row> fit) {
        SparkFit<WeightedMeans.Result, Row> undisturbed = fit(WeightedMeans.Course.UNDISTURBED);
        assertThat(fit.result().means()).isEqualTo(undisturbed.result().means());
        assertThat(fit.rows().collect()).isEqualTo(undisturbed.rows().collect());
    }
}
