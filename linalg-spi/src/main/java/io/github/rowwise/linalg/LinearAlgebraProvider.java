package io.github.rowwise.linalg;

/**
 * Offers one linear-algebra backend to {@link java.util.ServiceLoader}.
 *
 * <p>An implementation has a public constructor without arguments that does no work, so that listing the providers is
 * fast. Register it in {@code META-INF/services/io.github.rowwise.linalg.LinearAlgebraProvider}, and with
 * {@code provides} in a named module.
 *
 * <p>Implementations are thread-safe.
 *
 * <pre class="example">{@code
 * for (LinearAlgebraProvider provider : ServiceLoader.load(LinearAlgebraProvider.class)) {
 *     Availability availability = provider.availability();
 *     System.out.println(provider.name() + ": " + availability.detail());
 * }
 * }</pre>
 */
public interface LinearAlgebraProvider {

    /**
     * Returns the name by which a user selects the backend, such as {@code ejml}.
     *
     * @return lower-case letters, digits and hyphens; always the same
     */
    String name();

    /**
     * Returns the priority of this backend. If the user names no backend, the usable one with the highest priority is
     * selected.
     *
     * @return any number; Rowwise's own backends use 100 (EJML), 90 (ojAlgo) and 80 (ND4J)
     */
    int priority();

    /**
     * Returns whether {@link #create()} would return a working backend in this JVM.
     *
     * <p>May load native libraries, which can take seconds. Does not throw and does not print: failures are part of the
     * returned value.
     *
     * @return usable or not, with the reason
     */
    Availability availability();

    /**
     * Returns the backend. Called only if {@link #availability()} is usable.
     *
     * @return a thread-safe backend
     */
    LinearAlgebra create();

    /**
     * Returns whether the backend calls native code, whose results may depend on the processor. Its results are then checked on
     * a larger matrix before its first use.
     *
     * @return true unless overridden; false only if all of the backend is Java code
     */
    default boolean usesNativeCode() {
        return true;
    }
}
