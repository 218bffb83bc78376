package io.github.rowwise.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The replicas that wait in this process for their next task. A task takes its replica out and puts it back when it has done
 * its part, so that none is used twice at a time, and one that a task left half-way is never used again.
 */
final class Replicas {

    private static final Map<Key, Replica<?>> WAITING = new ConcurrentHashMap<>();

    private Replicas() {}

    private record Key(FitId fit, int part) {}

    /** The replica of the fit that this task's program has made here, if it is still here. */
    @SuppressWarnings("unchecked")
    static <R> @Nullable Replica<R> take(FitId fit, int part) {
        return (Replica<R>) WAITING.remove(new Key(fit, part));
    }

    static void put(FitId fit, int part, Replica<?> replica) {
        Replica<?> other = WAITING.put(new Key(fit, part), replica);
        if (other != null) {
            other.stop();
        }
    }

    /** Stops those of fits that are over. */
    static void keep(LiveFits live) {
        WAITING.forEach((key, replica) -> {
            if (live.areWithout(key.fit()) && WAITING.remove(key, replica)) {
                replica.stop();
            }
        });
    }

    static long count(FitId fit) {
        return WAITING.keySet().stream().filter(key -> key.fit().equals(fit)).count();
    }

    static long count() {
        return WAITING.size();
    }
}
