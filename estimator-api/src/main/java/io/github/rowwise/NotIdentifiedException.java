package io.github.rowwise;

import io.github.rowwise.exception.RowwiseException;

/**
 * Thrown if the panel identifies no effect of any unit, whatever the method, because the data contain no comparison. The
 * message states why.
 *
 * <pre class="example">{@code
 * try {
 *     FactorModelEstimator.withDefaults().fit(panel);
 * } catch (NotIdentifiedException e) {
 *     System.err.println(e.getMessage()); // a property of the data
 * }
 * }</pre>
 */
public final class NotIdentifiedException extends RowwiseException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message why no effect is identified, and which data would identify one
     */
    public NotIdentifiedException(String message) {
        super(message);
    }
}
