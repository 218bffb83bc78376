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
 * What the tasks of a job make of the blocks. It is no function of an iterator, because a replica that is made anew reads the
 * blocks once for each sum.
 *
 * @param <T> what they make
 */
final class ShardRdd<T> extends RDD<T> {

    private static final long serialVersionUID = 1L;

    private static final ClassTag<UnitBlock> BLOCK = ClassTag$.MODULE$.apply(UnitBlock.class);

    private final Work<T> work;
    private final String @Nullable [] homes;

    /**
     * Makes ready.
     *
     * @param homes executor that has the replica, by partition, where it is known
     */
    ShardRdd(RDD<UnitBlock> blocks, Class<? super T> type, Work<T> work, String @Nullable [] homes) {
        super(blocks, ClassTag$.MODULE$.apply(type));
        this.work = work;
        this.homes = homes;
    }

    /** What a task does. */
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

    /** Without a known one, Spark asks where the blocks are. */
    @Override
    public Seq<String> getPreferredLocations(Partition split) {
        return homes == null
                ? super.getPreferredLocations(split)
                : CollectionConverters.asScala(java.util.List.of(homes[split.index()]))
                        .toList();
    }
}
