/**
 * The conformance kit for linear-algebra backends. Start with
 * {@link io.github.rowwise.linalg.tck.LinearAlgebraConformance}: extend it and implement its one method.
 */
@NullMarked
package io.github.rowwise.linalg.tck;

import org.jspecify.annotations.NullMarked;
