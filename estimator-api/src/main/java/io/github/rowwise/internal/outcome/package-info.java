/** What the outcomes of a panel show about how its table was made, before any fit. */
@NullMarked
package io.github.rowwise.internal.outcome;

import org.jspecify.annotations.NullMarked;
