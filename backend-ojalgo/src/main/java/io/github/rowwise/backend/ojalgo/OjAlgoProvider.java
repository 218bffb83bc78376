package io.github.rowwise.backend.ojalgo;

import io.github.rowwise.linalg.Availability;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.LinearAlgebraProvider;

/** Provides ojAlgo under the name {@code ojalgo}. */
public final class OjAlgoProvider implements LinearAlgebraProvider {

    /** Creates the provider. */
    public OjAlgoProvider() {}

    @Override
    public String name() {
        return OjAlgoLinearAlgebra.NAME;
    }

    @Override
    public int priority() {
        return 90;
    }

    @Override
    public Availability availability() {
        try {
            return Availability.usable("ojAlgo " + new OjAlgoLinearAlgebra().version() + ", pure Java");
        } catch (RuntimeException | LinkageError e) {
            return Availability.unusable(
                    "ojAlgo (org.ojalgo:ojalgo) is not on the class path or module path, or cannot be loaded", e);
        }
    }

    @Override
    public LinearAlgebra create() {
        return new OjAlgoLinearAlgebra();
    }

    @Override
    public boolean usesNativeCode() {
        return false;
    }
}
