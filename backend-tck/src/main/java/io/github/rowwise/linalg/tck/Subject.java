package io.github.rowwise.linalg.tck;

import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.LinearAlgebraProvider;

/** The backend under test, as the groups of rules see it. */
interface Subject {

    LinearAlgebraProvider provider();

    /** Returns a backend of the provider, without checking its availability, which has its own rule. */
    LinearAlgebra algebra();
}
