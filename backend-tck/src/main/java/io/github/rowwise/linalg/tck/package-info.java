/**
 * The conformance kit for linear-algebra backends: extend
 * {@link io.github.rowwise.linalg.tck.LinearAlgebraConformance} and implement its one method.
 */
@NullMarked
package io.github.rowwise.linalg.tck;

import org.jspecify.annotations.NullMarked;
