package io.github.rowwise.linalg.tck;

import io.github.rowwise.linalg.Availability;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.LinearAlgebraProvider;

/** Offers the reference backend, or in its place one with a defect. */
class ReferenceProvider implements LinearAlgebraProvider {

    private final LinearAlgebra algebra;

    ReferenceProvider(LinearAlgebra algebra) {
        this.algebra = algebra;
    }

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Availability availability() {
        return Availability.usable("textbook code");
    }

    @Override
    public LinearAlgebra create() {
        return algebra;
    }
}
