/** The spectral method: Algorithm 1 of arXiv:2605.30319. */
@NullMarked
package io.github.rowwise.internal.spectral;

import org.jspecify.annotations.NullMarked;
