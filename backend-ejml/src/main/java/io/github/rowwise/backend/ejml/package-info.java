/** The linear-algebra backend EJML, in pure Java; start with {@link io.github.rowwise.backend.ejml.EjmlProvider}. */
@NullMarked
package io.github.rowwise.backend.ejml;

import org.jspecify.annotations.NullMarked;
