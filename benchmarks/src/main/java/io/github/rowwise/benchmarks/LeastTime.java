package io.github.rowwise.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/** Measures the minimum wall-clock time and the minimum processor time of repeated work, in seconds, over all threads. */
public final class LeastTime {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private double wall = Double.POSITIVE_INFINITY;
    private double processor = Double.POSITIVE_INFINITY;

    /**
     * Runs and times the work once.
     *
     * @param <T> type of the result
     * @param work the work
     * @return its result
     * @throws Exception if the work fails
     */
    public <T> T time(Callable<T> work) throws Exception {
        long start = System.nanoTime();
        long used = SYSTEM.getProcessCpuTime();
        T result = work.call();
        wall = Math.min(wall, (System.nanoTime() - start) / 1e9);
        processor = Math.min(processor, (SYSTEM.getProcessCpuTime() - used) / 1e9);
        return result;
    }

    double wall() {
        return wall;
    }

    /**
     * Returns the minimum processor time of all threads.
     *
     * @return the time in seconds
     */
    public double processor() {
        return processor;
    }
}
