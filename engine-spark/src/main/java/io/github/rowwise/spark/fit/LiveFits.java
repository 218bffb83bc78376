package io.github.rowwise.spark.fit;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/**
 * The fits that were running when the driver created a task. Executors discard the workers of all others.
 *
 * @param application Spark's application id
 * @param changes number of fits begun and ended before; orders two snapshots
 * @param newest number of the newest fit; later fits are unknown
 * @param numbers numbers of the running fits
 */
record LiveFits(String application, long changes, long newest, HashSet<Long> numbers) implements Serializable {

    private static final Set<FitId> LIVE = new HashSet<>();
    private static long begun;
    private static long ended;

    /** Begins a fit, on the driver. */
    static FitId begin(String application) {
        synchronized (LIVE) {
            FitId fit = new FitId(application, ++begun);
            LIVE.add(fit);
            return fit;
        }
    }

    /** Ends a fit, on the driver. */
    static void end(FitId fit) {
        synchronized (LIVE) {
            if (LIVE.remove(fit)) {
                ended++;
            }
        }
    }

    /** Returns the running fits, on the driver. */
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

    /** Returns whether another snapshot of the same application is newer. */
    boolean areBefore(LiveFits others) {
        return application.equals(others.application) && changes < others.changes;
    }

    /** Returns whether a fit is known to have ended. */
    boolean areWithout(FitId fit) {
        return !fit.application().equals(application) || (fit.number() <= newest && !numbers.contains(fit.number()));
    }
}
