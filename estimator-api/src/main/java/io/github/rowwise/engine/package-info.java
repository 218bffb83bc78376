/**
 * What it takes to fit a panel whose units are spread over several processes.
 *
 * <p>Every process runs the same estimator on a {@link io.github.rowwise.panel.PanelShard shard} of the units. What needs all units is
 * a sum that an {@link io.github.rowwise.engine.Engine} adds up over the parts, so that every part goes on with the same numbers
 * and takes the same decisions. What belongs to a unit never leaves its part.
 */
@NullMarked
package io.github.rowwise.engine;

import org.jspecify.annotations.NullMarked;
