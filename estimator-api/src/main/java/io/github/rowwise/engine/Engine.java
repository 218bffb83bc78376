package io.github.rowwise.engine;

/**
 * Adds up sums over the parts of a panel. There is one for each part, used by the one thread that fits the part.
 *
 * <p>Every part asks for the same sums in the same order, because each decides by the sums alone. The engine merges the shares in
 * an order that depends on nothing but the parts, leaving out those of parts without units, and gives every part an equal result
 * that is its own to change.
 */
@FunctionalInterface
public interface Engine {

    /**
     * Waits for all parts.
     *
     * @param sum what to add up
     * @param <S> the sum
     * @return the sum over all parts
     * @throws java.util.concurrent.CancellationException if the fit was called off
     */
    <S> S add(PartSum<S> sum);
}
