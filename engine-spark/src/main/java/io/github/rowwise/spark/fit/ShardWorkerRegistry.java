package io.github.rowwise.spark.fit;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The workers that wait in this process for their next task. A task takes its worker out and puts it back when it is done, so
 * that no worker is used twice at the same time, and a worker of a failed task is not used again.
 */
final class ShardWorkerRegistry {

    private static final Map<Key, ShardWorker<?>> WAITING = new HashMap<>();
    private static @Nullable LiveFits newest;

    private ShardWorkerRegistry() {}

    private record Key(FitId fit, int part) {}

    /** Takes out the worker that an earlier task of the fit put back, if any. */
    @SuppressWarnings("unchecked")
    static synchronized <R> @Nullable ShardWorker<R> take(FitId fit, int part) {
        return (ShardWorker<R>) WAITING.remove(new Key(fit, part));
    }

    /** Puts a worker back, or stops it if the fit has ended. */
    static synchronized void put(FitId fit, int part, ShardWorker<?> worker) {
        ShardWorker<?> unwanted =
                newest != null && newest.areWithout(fit) ? worker : WAITING.put(new Key(fit, part), worker);
        if (unwanted != null) {
            unwanted.stop();
        }
    }

    /** Stops the workers of fits that have ended. */
    static synchronized void keep(LiveFits live) {
        if (newest != null && live.areBefore(newest)) {
            // From a late task.
            return;
        }
        newest = live;
        WAITING.entrySet().removeIf(waiting -> {
            boolean isOver = live.areWithout(waiting.getKey().fit());
            if (isOver) {
                waiting.getValue().stop();
            }
            return isOver;
        });
    }

    static synchronized long count(FitId fit) {
        return WAITING.keySet().stream().filter(key -> key.fit().equals(fit)).count();
    }

    static synchronized long count() {
        return WAITING.size();
    }
}
