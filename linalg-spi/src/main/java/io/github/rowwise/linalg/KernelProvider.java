package io.github.rowwise.linalg;

/**
 * Offers faster kernels than the portable ones to {@link java.util.ServiceLoader}.
 *
 * <p>Rowwise's own provider is the artifact {@code rowwise-vector-kernels}, which uses the JDK's vector API and is usable
 * in JVMs that were started with {@code --add-modules jdk.incubator.vector}. A provider needs a public constructor
 * without arguments and a registration in {@code META-INF/services/io.github.rowwise.linalg.KernelProvider}.
 *
 * <p>Kernels affect speed and the last digits of results, so the choice is made once per JVM; see {@link Kernels}.
 * Implementations are thread-safe.
 *
 * <pre class="example">{@code
 * boolean fast = Kernels.installed().isPresent();
 * }</pre>
 */
public interface KernelProvider {

    /**
     * Returns whether the kernels work in this JVM. Called before any other method; must not print.
     *
     * @return {@code false} if the JVM lacks a module or a processor feature that the kernels need
     */
    boolean isUsable();

    /**
     * Returns a tile for backends that do not have one of their own.
     *
     * @param columns number of periods, the length of a row
     * @return a tile for one thread; the caller closes it
     */
    Tile newTile(int columns);
}
