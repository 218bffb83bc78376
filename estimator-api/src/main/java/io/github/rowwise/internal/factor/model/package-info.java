/** The state of the factor model, its priors and its noise. */
@NullMarked
package io.github.rowwise.internal.factor.model;

import org.jspecify.annotations.NullMarked;
