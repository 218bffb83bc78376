/**
 * The linear-algebra SPI: what the estimator core asks of a backend, and how a backend is found and judged.
 *
 * <p>A backend implements {@link io.github.rowwise.linalg.LinearAlgebra} and registers a
 * {@link io.github.rowwise.linalg.LinearAlgebraProvider} for {@link java.util.ServiceLoader}. The conformance kit
 * {@code rowwise-backend-tck} states every rule as a numbered test.
 */
@NullMarked
package io.github.rowwise.linalg;

import org.jspecify.annotations.NullMarked;
