/**
 * The shared-factor model: variational EM on row blocks, with serially correlated noise.
 *
 * <p>Not exported. One {@link io.github.rowwise.internal.factor.pass.EStep} reads every cell once and is all that an
 * iteration costs; everything else works on the small sums that it returns.
 */
@NullMarked
package io.github.rowwise.internal.factor;

import org.jspecify.annotations.NullMarked;
