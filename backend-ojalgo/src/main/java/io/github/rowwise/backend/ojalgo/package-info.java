/** The linear-algebra backend ojAlgo, in pure Java; start with {@link io.github.rowwise.backend.ojalgo.OjAlgoProvider}. */
@NullMarked
package io.github.rowwise.backend.ojalgo;

import org.jspecify.annotations.NullMarked;
