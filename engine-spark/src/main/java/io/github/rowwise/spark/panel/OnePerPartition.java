package io.github.rowwise.spark.panel;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/**
 * Collects data of one element per partition. Spark's own {@code collect} analyses the bytecode of its closure in each job, which
 * takes as long as the tasks of a small panel.
 */
public final class OnePerPartition {

    private OnePerPartition() {}

    /** Returns the elements in the order of the partitions. */
    public static <T> List<T> collect(JavaRDD<T> parts) {
        Object[] elements = (Object[])
                parts.context().runJob(parts.rdd(), new Only<T>(), ClassTag$.MODULE$.<Object>apply(Object.class));
        @SuppressWarnings("unchecked")
        List<T> list = (List<T>) List.of(elements);
        return list;
    }

    /** Spark does not analyse a class with a name. */
    private static final class Only<T> extends AbstractFunction2<TaskContext, Iterator<T>, Object>
            implements Serializable {

        private static final long serialVersionUID = 1;

        @Override
        public Object apply(TaskContext task, Iterator<T> elements) {
            return elements.next();
        }
    }
}
