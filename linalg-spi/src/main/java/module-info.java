/** The linear-algebra SPI: what the estimators ask of a backend, and how a backend is found and checked. */
module io.github.rowwise.linalg {
    requires static transitive org.jspecify;

    exports io.github.rowwise.linalg;

    uses io.github.rowwise.linalg.LinearAlgebraProvider;
}
