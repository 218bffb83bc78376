/**
 * The linear-algebra service provider interface (SPI): what the estimators need from a backend, and how backends are
 * found, checked and selected. Start with {@link io.github.rowwise.linalg.LinearAlgebra} to write a backend and with
 * {@link io.github.rowwise.linalg.Backends} to select one.
 */
module io.github.rowwise.linalg {
    requires static transitive org.jspecify;

    exports io.github.rowwise.exception;
    exports io.github.rowwise.linalg;

    uses io.github.rowwise.linalg.KernelProvider;
    uses io.github.rowwise.linalg.LinearAlgebraProvider;
}
