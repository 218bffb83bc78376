package io.github.rowwise.internal.factor.summary;

import java.util.BitSet;
import java.util.List;

/**
 * What the last pass is to find.
 *
 * @param averaged for each treatment the units that averages are over
 * @param cells whether each cell's effect gets a variance
 * @param jackknife whether the noise's share of a unit's variance is by a delete-block jackknife and not by the model
 */
public record SummaryOptions(List<BitSet> averaged, boolean cells, boolean jackknife) {}
