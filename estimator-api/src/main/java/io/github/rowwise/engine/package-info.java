/**
 * The interface between a fit and an engine that distributes it over several processes.
 *
 * <p>Each process runs the same estimator on a {@link io.github.rowwise.panel.PanelShard shard} of the units. Results
 * that depend on all units are sums. An {@link io.github.rowwise.engine.Engine} adds them up over the shards, so that
 * all shards continue with the same numbers and make the same decisions. The results of a unit stay in its shard.
 */
@NullMarked
package io.github.rowwise.engine;

import org.jspecify.annotations.NullMarked;
