package io.github.rowwise.spark.fit;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The replicas that wait in this process for their next task. A task takes its replica out and puts it back when it has done
 * its part, so that none is used twice at a time, and one that a task left half-way is never used again.
 */
final class ShardWorkerRegistry {

    private static final Map<Key, ShardWorker<?>> WAITING = new HashMap<>();
    private static @Nullable LiveFits newest;

    private ShardWorkerRegistry() {}

    private record Key(FitId fit, int part) {}

    /** The replica that an earlier task of the fit has left here, if it is still here. */
    @SuppressWarnings("unchecked")
    static synchronized <R> @Nullable ShardWorker<R> take(FitId fit, int part) {
        return (ShardWorker<R>) WAITING.remove(new Key(fit, part));
    }

    /** Stops it instead where the fit has ended meanwhile. */
    static synchronized void put(FitId fit, int part, ShardWorker<?> replica) {
        ShardWorker<?> unwanted =
                newest != null && newest.areWithout(fit) ? replica : WAITING.put(new Key(fit, part), replica);
        if (unwanted != null) {
            unwanted.stop();
        }
    }

    /** Stops those of fits that are over. */
    static synchronized void keep(LiveFits live) {
        if (newest != null && live.areBefore(newest)) {
            // Of a task that comes late.
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
