package io.github.rowwise.linalg;

/**
 * Offers one linear-algebra backend to {@link java.util.ServiceLoader}.
 *
 * <p>An implementation has a public constructor without arguments that does no work, so that listing the providers
 * costs nothing. Register it in {@code META-INF/services/io.github.rowwise.linalg.LinearAlgebraProvider}, and as
 * {@code provides} in a module.
 *
 * <p>Implementations are safe for use by several threads.
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
     * Returns the name by which a user asks for the backend, such as {@code ejml}.
     *
     * @return lower-case letters, digits and hyphens; never changes
     */
    String name();

    /**
     * Returns the rank of this backend when the user asks for none: the usable backend with the highest wins.
     *
     * @return any number; the backends that come with Rowwise use 100 (EJML), 90 (ojAlgo) and 80 (ND4J)
     */
    int priority();

    /**
     * Tells whether {@link #create()} would give a working backend in this JVM.
     *
     * <p>May load native libraries, and so take seconds. Never throws and never prints: what went wrong belongs into
     * the answer.
     *
     * @return usable or not, with the reason in words
     */
    Availability availability();

    /**
     * Returns the backend. Called only after {@link #availability()} said that it is usable.
     *
     * @return a backend that any number of threads may share
     */
    LinearAlgebra create();
}
