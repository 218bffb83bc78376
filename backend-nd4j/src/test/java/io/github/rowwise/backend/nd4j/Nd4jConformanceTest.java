package io.github.rowwise.backend.nd4j;

import io.github.rowwise.linalg.LinearAlgebraProvider;
import io.github.rowwise.linalg.tck.LinearAlgebraConformance;

class Nd4jConformanceTest extends LinearAlgebraConformance {

    @Override
    public LinearAlgebraProvider provider() {
        return new Nd4jProvider();
    }
}
