package io.github.rowwise.spark.fit;

import io.github.rowwise.spark.panel.UnitBlock;
import java.util.Iterator;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The results of a job's tasks. It is not a function of an iterator, because a new worker reads the blocks once per reduction.
 *
 * @param <T> type of a task's result
 */
final class ShardRdd<T> extends RDD<T> {

    private static final long serialVersionUID = 1L;

    private static final ClassTag<UnitBlock> BLOCK = ClassTag$.MODULE$.apply(UnitBlock.class);

    private final Work<T> work;
    private final String @Nullable [] homes;

    /**
     * Creates the RDD.
     *
     * @param homes the executor that has the worker, by partition, if it is known
     */
    ShardRdd(RDD<UnitBlock> blocks, Class<? super T> type, Work<T> work, String @Nullable [] homes) {
        super(blocks, ClassTag$.MODULE$.apply(type));
        this.work = work;
        this.homes = homes;
    }

    /** The action of a task. */
    @FunctionalInterface
    interface Work<T> extends java.io.Serializable {
        Iterator<T> run(int part, ShardReader reader, TaskContext task);
    }

    @Override
    public scala.collection.Iterator<T> compute(Partition split, TaskContext task) {
        RDD<UnitBlock> blocks = firstParent(BLOCK);
        ShardReader reader = new ShardReader(() -> CollectionConverters.asJava(blocks.iterator(split, task)));
        return CollectionConverters.asScala(work.run(split.index(), reader, task));
    }

    @Override
    public Partition[] getPartitions() {
        return firstParent(BLOCK).partitions();
    }

    /** Returns the known executor; without one Spark prefers the location of the blocks. */
    @Override
    public Seq<String> getPreferredLocations(Partition split) {
        return homes == null
                ? super.getPreferredLocations(split)
                : CollectionConverters.asScala(java.util.List.of(homes[split.index()]))
                        .toList();
    }
}
