package io.github.rowwise.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/** The least wall-clock and processor time, of all threads together, of work done several times, in seconds. */
public final class LeastTime {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private double wall = Double.POSITIVE_INFINITY;
    private double processor = Double.POSITIVE_INFINITY;

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

    public double processor() {
        return processor;
    }
}
