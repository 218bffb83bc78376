package io.github.rowwise.backend.ojalgo;

import io.github.rowwise.linalg.LinearAlgebraProvider;
import io.github.rowwise.linalg.tck.LinearAlgebraConformance;

class OjAlgoConformanceTest extends LinearAlgebraConformance {

    @Override
    public LinearAlgebraProvider provider() {
        return new OjAlgoProvider();
    }
}
