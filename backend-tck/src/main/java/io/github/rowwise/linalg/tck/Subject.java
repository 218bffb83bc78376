package io.github.rowwise.linalg.tck;

import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.LinearAlgebraProvider;

/** What the groups of rules ask of the class that puts them together. */
interface Subject {

    LinearAlgebraProvider provider();

    /** A backend of the provider, made without asking for its availability, which has a rule of its own. */
    LinearAlgebra algebra();
}
