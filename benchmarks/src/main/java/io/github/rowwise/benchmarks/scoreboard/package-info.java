/** Compares the estimators with others on real outcomes with planted effects, unit by unit. */
@NullMarked
package io.github.rowwise.benchmarks.scoreboard;

import org.jspecify.annotations.NullMarked;
