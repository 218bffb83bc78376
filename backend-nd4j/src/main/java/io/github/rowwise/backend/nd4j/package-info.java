/** Linear algebra by ND4J: native BLAS and LAPACK. */
@NullMarked
package io.github.rowwise.backend.nd4j;

import org.jspecify.annotations.NullMarked;
