package io.github.rowwise.linalg.tck;

import io.github.rowwise.linalg.Availability;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.LinearAlgebraProvider;

/** The registered provider, which behaves like the defect under test. */
public final class DefectiveProvider implements LinearAlgebraProvider {

    static volatile LinearAlgebraProvider behaviour = new ReferenceProvider(new ReferenceLinearAlgebra());

    @Override
    public String name() {
        return behaviour.name();
    }

    @Override
    public int priority() {
        return behaviour.priority();
    }

    @Override
    public Availability availability() {
        return behaviour.availability();
    }

    @Override
    public LinearAlgebra create() {
        return behaviour.create();
    }
}
