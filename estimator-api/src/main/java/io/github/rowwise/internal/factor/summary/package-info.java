/** Average effects and their variances, from a fitted factor model. */
@NullMarked
package io.github.rowwise.internal.factor.summary;

import org.jspecify.annotations.NullMarked;
