package io.github.rowwise.effects;

import io.github.rowwise.internal.pass.WorkerThreads;

/** Gives the benchmarks access to what is computed for a result; not part of the API. */
public final class ProbabilitiesOfUnits {

    private ProbabilitiesOfUnits() {}

    /**
     * Computes q-values and posterior probabilities.
     *
     * @param ates the ATE of each unit
     * @param threads the threads that compute them
     * @return the probabilities of being in the top decile, which are computed last
     */
    public static double[] compute(Estimate[] ates, WorkerThreads threads) {
        return EffectProbabilities.of(ates, 1, true, true, threads).topDecile();
    }
}
