package io.github.rowwise.backend.ejml;

import io.github.rowwise.linalg.LinearAlgebraProvider;
import io.github.rowwise.linalg.tck.LinearAlgebraConformance;

class EjmlConformanceTest extends LinearAlgebraConformance {

    @Override
    public LinearAlgebraProvider provider() {
        return new EjmlProvider();
    }
}
