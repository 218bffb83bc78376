package io.github.rowwise.internal.factor.summary;

import java.util.BitSet;
import java.util.List;

/**
 * Selects the results of the last pass.
 *
 * @param averaged per treatment, the units over which effects are averaged
 * @param cells whether to compute the variance of the effect in each cell
 * @param jackknife whether a delete-block jackknife replaces the model's estimate of the variance due to the noise
 */
public record SummaryOptions(List<BitSet> averaged, boolean cells, boolean jackknife) {}
