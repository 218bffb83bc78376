package io.github.rowwise.linalg;

import java.util.function.Supplier;

/** A provider whose answers are set by the test. */
record FakeProvider(String name, int priority, Supplier<Availability> answer, Supplier<LinearAlgebra> backend)
        implements LinearAlgebraProvider {

    static FakeProvider usable(String name, int priority) {
        return with(name, priority, new SlowLinearAlgebra() {
            @Override
            public String name() {
                return name;
            }
        });
    }

    static FakeProvider unusable(String name, int priority, String reason) {
        return new FakeProvider(name, priority, () -> Availability.unusable(reason, null), () -> {
            throw new AssertionError("an unusable backend is never created");
        });
    }

    static FakeProvider notToBeProbed(String name, int priority) {
        return new FakeProvider(
                name,
                priority,
                () -> {
                    throw new AssertionError(name + " was probed");
                },
                SlowLinearAlgebra::new);
    }

    static FakeProvider with(String name, int priority, LinearAlgebra backend) {
        return new FakeProvider(name, priority, () -> Availability.usable(name + " library"), () -> backend);
    }

    static FakeProvider wrongNumbers(String name, int priority) {
        return with(name, priority, new SlowLinearAlgebra() {
            @Override
            public Qr qr(DenseMatrix a) {
                Qr qr = super.qr(a);
                qr.triangular().set(0, 0, 2 * qr.triangular().get(0, 0));
                return qr;
            }
        });
    }

    @Override
    public Availability availability() {
        return answer.get();
    }

    @Override
    public LinearAlgebra create() {
        return backend.get();
    }
}
