package io.github.rowwise.tables;

import io.github.rowwise.linalg.Availability;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.LinearAlgebraProvider;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend that cannot be used, and counts how often it is asked. */
public final class ProbedProvider implements LinearAlgebraProvider {

    static final AtomicInteger PROBES = new AtomicInteger();

    @Override
    public String name() {
        return "probed";
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public Availability availability() {
        PROBES.incrementAndGet();
        return Availability.unusable("it only counts", null);
    }

    @Override
    public LinearAlgebra create() {
        throw new IllegalStateException("unavailable");
    }
}
