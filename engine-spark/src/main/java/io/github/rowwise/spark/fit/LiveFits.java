package io.github.rowwise.spark.fit;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/**
 * The fits that went on at the driver when a task was made, by which an executor knows what it need not keep.
 *
 * @param application Spark's id of it
 * @param changes fits begun and ended before, by which two of these are put in order
 * @param newest number of the newest fit; what came after it is unknown here
 * @param numbers fits that went on
 */
record LiveFits(String application, long changes, long newest, HashSet<Long> numbers) implements Serializable {

    private static final Set<FitId> LIVE = new HashSet<>();
    private static long begun;
    private static long ended;

    /** At the driver: begins a fit. */
    static FitId begin(String application) {
        synchronized (LIVE) {
            FitId fit = new FitId(application, ++begun);
            LIVE.add(fit);
            return fit;
        }
    }

    /** At the driver: ends a fit, whichever way. */
    static void end(FitId fit) {
        synchronized (LIVE) {
            if (LIVE.remove(fit)) {
                ended++;
            }
        }
    }

    /** At the driver: the fits that go on now. */
    static LiveFits now(String application) {
        synchronized (LIVE) {
            HashSet<Long> numbers = new HashSet<>();
            for (FitId fit : LIVE) {
                if (fit.application().equals(application)) {
                    numbers.add(fit.number());
                }
            }
            return new LiveFits(application, begun + ended, begun, numbers);
        }
    }

    /** Whether others of the same application were made later. */
    boolean areBefore(LiveFits others) {
        return application.equals(others.application) && changes < others.changes;
    }

    /** Whether a fit is known to be over. */
    boolean areWithout(FitId fit) {
        return !fit.application().equals(application) || (fit.number() <= newest && !numbers.contains(fit.number()));
    }
}
