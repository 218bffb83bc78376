/** Simulated panels whose true effects are known. */
@NullMarked
package io.github.rowwise.simulation;

import org.jspecify.annotations.NullMarked;
