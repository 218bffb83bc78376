/**
 * Per-unit treatment effects from panel data: the public API, the linear-algebra SPI and the estimator core.
 *
 * <p>{@code io.github.rowwise} is what a caller needs; {@code io.github.rowwise.linalg} is what the author of a
 * linear-algebra backend needs.
 */
module io.github.rowwise {
    requires static transitive org.jspecify;

    exports io.github.rowwise;
    exports io.github.rowwise.engine;
    exports io.github.rowwise.linalg;

    uses io.github.rowwise.linalg.LinearAlgebraProvider;
}
