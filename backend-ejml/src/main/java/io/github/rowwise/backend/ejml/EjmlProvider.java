package io.github.rowwise.backend.ejml;

import io.github.rowwise.linalg.Availability;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.LinearAlgebraProvider;

/**
 * Offers EJML under the name {@code ejml}. It has the highest priority of the backends that come with Rowwise: it
 * runs everywhere, starts at once, and the passes over the panel do not need a native library to be fast.
 */
public final class EjmlProvider implements LinearAlgebraProvider {

    /** Creates the provider; does no work. */
    public EjmlProvider() {}

    @Override
    public String name() {
        return EjmlLinearAlgebra.NAME;
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public Availability availability() {
        try {
            return Availability.usable("EJML " + new EjmlLinearAlgebra().version() + ", pure Java");
        } catch (RuntimeException | LinkageError e) {
            return Availability.unusable("EJML (org.ejml:ejml-ddense) is not on the class path or cannot be loaded", e);
        }
    }

    @Override
    public LinearAlgebra create() {
        return new EjmlLinearAlgebra();
    }
}
