/**
 * The linear-algebra service provider interface (SPI).
 *
 * <table>
 *   <caption>Where to start</caption>
 *   <tr><th>To</th><th>use</th></tr>
 *   <tr><td>select a backend</td><td>{@link io.github.rowwise.linalg.Backends}</td></tr>
 *   <tr><td>write a backend</td><td>{@link io.github.rowwise.linalg.LinearAlgebra}, registered by a
 *       {@link io.github.rowwise.linalg.LinearAlgebraProvider} for {@link java.util.ServiceLoader}</td></tr>
 *   <tr><td>test a backend</td><td>the conformance kit {@code rowwise-backend-tck}, which states every rule as a
 *       numbered test</td></tr>
 * </table>
 *
 * <p>Matrices are row-major views of arrays, {@link io.github.rowwise.linalg.DenseMatrix}.
 */
@NullMarked
package io.github.rowwise.linalg;

import org.jspecify.annotations.NullMarked;
