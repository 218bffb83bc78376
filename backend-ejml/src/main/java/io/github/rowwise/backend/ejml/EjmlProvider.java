package io.github.rowwise.backend.ejml;

import io.github.rowwise.linalg.Availability;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.LinearAlgebraProvider;

/**
 * Provides EJML under the name {@code ejml}. It has the highest priority of Rowwise's backends, because it runs on every
 * platform, starts without delay, and the passes over the panel are fast without a native library.
 */
public final class EjmlProvider implements LinearAlgebraProvider {

    /** Creates the provider. */
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
            return Availability.unusable(
                    "EJML (org.ejml:ejml-ddense) is not on the class path or module path, or cannot be loaded", e);
        }
    }

    @Override
    public LinearAlgebra create() {
        return new EjmlLinearAlgebra();
    }

    @Override
    public boolean usesNativeCode() {
        return false;
    }
}
