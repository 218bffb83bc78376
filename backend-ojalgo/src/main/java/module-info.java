/** The linear-algebra backend ojAlgo, in pure Java. */
module io.github.rowwise.backend.ojalgo {
    requires static org.jspecify;
    requires io.github.rowwise.linalg;
    requires ojalgo;

    provides io.github.rowwise.linalg.LinearAlgebraProvider with
            io.github.rowwise.backend.ojalgo.OjAlgoProvider;
}
