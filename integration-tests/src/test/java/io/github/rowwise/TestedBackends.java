package io.github.rowwise;

import java.util.List;

/** The backends that the tests of this module run on. */
final class TestedBackends {

    static final List<String> NAMES = List.of("ejml", "ojalgo", "nd4j");

    private TestedBackends() {}
}
