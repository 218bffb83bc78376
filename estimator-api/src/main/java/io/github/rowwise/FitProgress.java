package io.github.rowwise;

import io.github.rowwise.effects.Provenance;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Where a fit stands after a pass over the panel. Immutable.
 *
 * <pre class="example">{@code
 * List<FitProgress> passes = new ArrayList<>();
 * FactorModelEstimator.withDefaults().withListener(passes::add).fit(panel);
 * FitProgress last = passes.get(passes.size() - 1);
 * System.out.println(last.pass() + " passes, rank " + last.rank());
 * }</pre>
 *
 * @param method the estimator, as {@link Provenance#method()} names it
 * @param stage what the pass was for
 * @param pass number of the pass, from 1; a fit that is resumed from a checkpoint starts at 1 again
 * @param rank number of factors in use; empty while there are none. With Algorithm 1 the largest of the arms, once they are
 *     known
 * @param change in {@link FitStage#FACTORS} and {@link FitStage#OUTLIER_CLIPPING}, by what share of itself the iteration that ended
 *     with this pass raised the evidence bound; empty where none ended
 * @param fraction the share of the work that is done, above 0 and never falling; 1 with the last event and no other. How many
 *     iterations are left is not known: taking the time so far for this share foretells the rest roughly, not exactly
 */
public record FitProgress(
        String method, FitStage stage, int pass, OptionalInt rank, OptionalDouble change, double fraction) {}
