package io.github.rowwise.linalg.tck;

import static io.github.rowwise.linalg.tck.Defect.nudge;
import static io.github.rowwise.linalg.tck.Defect.withoutOffset;
import static io.github.rowwise.linalg.tck.Defect.withoutStride;

import io.github.rowwise.linalg.Availability;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Qr;
import io.github.rowwise.linalg.Svd;
import io.github.rowwise.linalg.SymmetricEigen;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Backends that break what every operation keeps, and providers that misbehave. */
final class OtherDefects {

    private OtherDefects() {}

    static List<Defect> ofOperations() {
        return List.of(
                Defect.of(
                        "SVD ignores the offset",
                        new ReferenceLinearAlgebra() {
                            @Override
                            public Svd svd(DenseMatrix a) {
                                return super.svd(withoutOffset(a));
                            }
                        },
                        "5.01"),
                Defect.of(
                        "eigen ignores the stride",
                        new ReferenceLinearAlgebra() {
                            @Override
                            public SymmetricEigen symmetricEigen(DenseMatrix a) {
                                return super.symmetricEigen(withoutStride(a));
                            }
                        },
                        "5.02"),
                Defect.of(
                        "eigen overwrites its input a little",
                        new ReferenceLinearAlgebra() {
                            @Override
                            public SymmetricEigen symmetricEigen(DenseMatrix a) {
                                SymmetricEigen eigen = super.symmetricEigen(a);
                                nudge(a);
                                return eigen;
                            }
                        },
                        "5.03",
                        "5.04",
                        "5.05",
                        "7.01"),
                Defect.of(
                        "QR remembers its results",
                        new ReferenceLinearAlgebra() {
                            private final ConcurrentHashMap<DenseMatrix, Qr> results = new ConcurrentHashMap<>();

                            @Override
                            public Qr qr(DenseMatrix a) {
                                return results.computeIfAbsent(a, super::qr);
                            }
                        },
                        "5.04"),
                Defect.of(
                        "SVD never gives quite the same twice",
                        new ReferenceLinearAlgebra() {
                            private final AtomicInteger calls = new AtomicInteger();

                            @Override
                            public Svd svd(DenseMatrix a) {
                                Svd svd = super.svd(a);
                                double[] values = svd.singularValues();
                                values[0] *= 1 + 1e-15 * calls.incrementAndGet();
                                return new Svd(svd.left(), values, svd.right());
                            }
                        },
                        "5.04",
                        "5.05",
                        "7.01"));
    }

    static List<Defect> ofThreadsAndSilence() {
        return List.of(
                Defect.of(
                        "all threads share one scratch matrix",
                        new ReferenceLinearAlgebra() {
                            private DenseMatrix scratch = DenseMatrix.zeros(1, 1);

                            @Override
                            public Qr qr(DenseMatrix a) {
                                scratch = a.copy();
                                try {
                                    Thread.sleep(1);
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                                return super.qr(scratch);
                            }
                        },
                        "7.01"),
                Defect.of(
                        "prints",
                        new ReferenceLinearAlgebra() {
                            @Override
                            public SymmetricEigen symmetricEigen(DenseMatrix a) {
                                System.err.print(" ");
                                return super.symmetricEigen(a);
                            }
                        },
                        "7.02"));
    }

    static List<Defect> ofProviders() {
        LinearAlgebra right = new ReferenceLinearAlgebra();
        return List.of(
                new Defect(
                        "name with capitals and a space",
                        new ReferenceProvider(named("My Backend")) {
                            @Override
                            public String name() {
                                return "My Backend";
                            }
                        },
                        Set.of("8.01")),
                new Defect(
                        "priority changes",
                        new ReferenceProvider(right) {
                            private final AtomicInteger asked = new AtomicInteger();

                            @Override
                            public int priority() {
                                return asked.incrementAndGet();
                            }
                        },
                        Set.of("8.02")),
                new Defect(
                        "availability throws",
                        new ReferenceProvider(right) {
                            @Override
                            public Availability availability() {
                                throw new IllegalStateException("no natives");
                            }
                        },
                        Set.of("7.02", "8.03")),
                new Defect(
                        "availability says nothing",
                        new ReferenceProvider(right) {
                            @Override
                            public Availability availability() {
                                return Availability.usable(" ");
                            }
                        },
                        Set.of("8.03")),
                new Defect(
                        "unusable",
                        new ReferenceProvider(right) {
                            @Override
                            public Availability availability() {
                                return Availability.unusable("no natives", null);
                            }
                        },
                        Set.of("8.03")),
                new Defect("backend of another name", new ReferenceProvider(named("other")), Set.of("8.04")),
                new Defect(
                        "backend without a version",
                        new ReferenceProvider(new ReferenceLinearAlgebra() {
                            @Override
                            public String version() {
                                return "";
                            }
                        }),
                        Set.of("8.05")));
    }

    private static LinearAlgebra named(String name) {
        return new ReferenceLinearAlgebra() {
            @Override
            public String name() {
                return name;
            }
        };
    }
}
