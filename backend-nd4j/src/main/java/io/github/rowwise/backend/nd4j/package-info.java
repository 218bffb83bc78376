/** The linear-algebra backend ND4J, native BLAS and LAPACK; start with {@link io.github.rowwise.backend.nd4j.Nd4jProvider}. */
@NullMarked
package io.github.rowwise.backend.nd4j;

import org.jspecify.annotations.NullMarked;
