/** Linear algebra by ojAlgo, in pure Java. */
@NullMarked
package io.github.rowwise.backend.ojalgo;

import org.jspecify.annotations.NullMarked;
