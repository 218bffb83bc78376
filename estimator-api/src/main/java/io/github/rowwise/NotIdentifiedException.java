package io.github.rowwise;

/**
 * No unit's effect can be estimated from the panel, whatever the method: the data hold no comparison. The message says
 * why.
 *
 * <pre class="example">{@code
 * try {
 *     FactorModelEstimator.withDefaults().fit(panel);
 * } catch (NotIdentifiedException e) {
 *     System.err.println(e.getMessage()); // a fact about the data, in words
 * }
 * }</pre>
 */
public final class NotIdentifiedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message why nothing is identified, and what data would do
     */
    public NotIdentifiedException(String message) {
        super(message);
    }
}
