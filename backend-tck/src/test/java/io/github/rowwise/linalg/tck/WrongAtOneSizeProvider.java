package io.github.rowwise.linalg.tck;

import io.github.rowwise.linalg.Availability;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.LinearAlgebraProvider;
import io.github.rowwise.linalg.Qr;

/** Wrong only for the matrix of the self-check. A separate class, because a provider is probed once per JVM. */
public final class WrongAtOneSizeProvider implements LinearAlgebraProvider {

    @Override
    public String name() {
        return "wrong-at-one-size";
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public Availability availability() {
        return Availability.usable("wrong numbers");
    }

    @Override
    public LinearAlgebra create() {
        return new ReferenceLinearAlgebra() {
            @Override
            public String name() {
                return "wrong-at-one-size";
            }

            @Override
            public Qr qr(DenseMatrix a) {
                Qr qr = super.qr(a);
                if (a.rows() == 200) {
                    qr.triangular().set(0, 0, 0);
                }
                return qr;
            }
        };
    }
}
