package io.github.rowwise.spark.fit;

import io.github.rowwise.diagnostics.FitDiagnostics;
import io.github.rowwise.effects.UnitEffects;
import io.github.rowwise.panel.Warning;
import java.util.List;

/**
 * The result of a shard, and the warnings of the whole panel.
 *
 * @param effects of the shard's units
 * @param warnings all that {@link FitDiagnostics} gives, the same in every shard
 */
public record DiagnosedEffects(UnitEffects effects, List<Warning> warnings) {}
