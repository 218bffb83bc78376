/**
 * Kernels that use the JDK's vector API, behind one provider, {@link io.github.rowwise.vector.VectorKernels}, which is found
 * by {@link java.util.ServiceLoader}. Applications do not use this package; they add the artifact and start the JVM with
 * {@code --add-modules jdk.incubator.vector}.
 *
 * <p>Lanes are added up in a fixed order, through memory, because the API leaves the order of its own sum open. The results
 * are therefore the same to the last bit in every run.
 */
@NullMarked
package io.github.rowwise.vector;

import org.jspecify.annotations.NullMarked;
