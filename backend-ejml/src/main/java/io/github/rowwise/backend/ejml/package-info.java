/** Linear algebra by EJML, in pure Java. */
@NullMarked
package io.github.rowwise.backend.ejml;

import org.jspecify.annotations.NullMarked;
