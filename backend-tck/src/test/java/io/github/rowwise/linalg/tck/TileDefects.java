package io.github.rowwise.linalg.tck;

import static io.github.rowwise.linalg.tck.Defect.nudge;
import static io.github.rowwise.linalg.tck.Defect.withoutStride;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Tile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Backends with defective tiles. */
final class TileDefects {

    /** Forwards to a correct tile; each defect overrides one method. */
    private static class Forwarding implements Tile {

        private final Tile right;

        Forwarding(Tile right) {
            this.right = right;
        }

        @Override
        public int rows() {
            return right.rows();
        }

        @Override
        public int columns() {
            return right.columns();
        }

        @Override
        public void setRow(int row, double[] values, int offset) {
            right.setRow(row, values, offset);
        }

        @Override
        public void product(int rows, DenseMatrix factors, DenseMatrix product) {
            right.product(rows, factors, product);
        }

        @Override
        public void addTransposedProduct(int rows, DenseMatrix left, DenseMatrix sum) {
            right.addTransposedProduct(rows, left, sum);
        }

        @Override
        public void addGram(int rows, DenseMatrix sum) {
            right.addGram(rows, sum);
        }

        @Override
        public void close() {
            right.close();
        }
    }

    private TileDefects() {}

    static List<Defect> all() {
        return List.of(
                tile(
                        "says that one column leaves no room for a row",
                        right -> new Forwarding(right) {
                            @Override
                            public int rows() {
                                return columns() == 1 ? 0 : super.rows();
                            }
                        },
                        "6.01",
                        "6.04"),
                tile(
                        "product wrong at the 17th factor if rows are unused",
                        right -> new Forwarding(right) {
                            @Override
                            public void product(int rows, DenseMatrix factors, DenseMatrix product) {
                                super.product(rows, factors, product);
                                if (factors.rows() == 17 && rows < rows()) {
                                    product.set(0, 16, 0);
                                }
                            }
                        },
                        "6.02"),
                tile(
                        "product adds where it should overwrite",
                        right -> new Forwarding(right) {
                            @Override
                            public void product(int rows, DenseMatrix factors, DenseMatrix product) {
                                double former = product.get(0, 0);
                                super.product(rows, factors, product);
                                product.set(0, 0, product.get(0, 0) + former);
                            }
                        },
                        "6.02",
                        "6.07"),
                tile(
                        "transposed product forgets to add",
                        right -> new Forwarding(right) {
                            @Override
                            public void addTransposedProduct(int rows, DenseMatrix left, DenseMatrix sum) {
                                for (int i = 0; i < sum.rows(); i++) {
                                    Arrays.fill(sum.values(), sum.rowStart(i), sum.rowStart(i) + sum.columns(), 0);
                                }
                                super.addTransposedProduct(rows, left, sum);
                            }
                        },
                        "6.03",
                        "6.07"),
                tile(
                        "Gram update forgets to add",
                        right -> new Forwarding(right) {
                            @Override
                            public void addGram(int rows, DenseMatrix sum) {
                                for (int i = 0; i < sum.rows(); i++) {
                                    Arrays.fill(sum.values(), sum.rowStart(i), sum.rowStart(i) + sum.columns(), 0);
                                }
                                super.addGram(rows, sum);
                            }
                        },
                        "6.04",
                        "6.07"),
                tile(
                        "keeps hold of a row's array",
                        right -> new Forwarding(right) {
                            private final List<Runnable> copies = new ArrayList<>();

                            @Override
                            public void setRow(int row, double[] values, int offset) {
                                copies.add(() -> super.setRow(row, values, offset));
                            }

                            @Override
                            public void product(int rows, DenseMatrix factors, DenseMatrix product) {
                                copies.forEach(Runnable::run);
                                super.product(rows, factors, product);
                            }

                            @Override
                            public void addTransposedProduct(int rows, DenseMatrix left, DenseMatrix sum) {
                                copies.forEach(Runnable::run);
                                super.addTransposedProduct(rows, left, sum);
                            }

                            @Override
                            public void addGram(int rows, DenseMatrix sum) {
                                copies.forEach(Runnable::run);
                                super.addGram(rows, sum);
                            }
                        },
                        "6.05"),
                tile(
                        "all rows take part, with a weight of 0",
                        right -> new Forwarding(right) {
                            @Override
                            public void addTransposedProduct(int rows, DenseMatrix left, DenseMatrix sum) {
                                DenseMatrix padded = DenseMatrix.zeros(rows(), left.columns());
                                for (int i = 0; i < rows; i++) {
                                    for (int j = 0; j < left.columns(); j++) {
                                        padded.set(i, j, left.get(i, j));
                                    }
                                }
                                super.addTransposedProduct(rows(), padded, sum);
                            }
                        },
                        "6.06"),
                tile(
                        "ignores the stride of factors",
                        right -> new Forwarding(right) {
                            @Override
                            public void product(int rows, DenseMatrix factors, DenseMatrix product) {
                                super.product(rows, withoutStride(factors), product);
                            }
                        },
                        "6.07"),
                tile(
                        "ignores the stride of a single factor's sum",
                        right -> new Forwarding(right) {
                            @Override
                            public void addTransposedProduct(int rows, DenseMatrix left, DenseMatrix sum) {
                                super.addTransposedProduct(rows, sum.rows() == 1 ? withoutStride(left) : left, sum);
                            }
                        },
                        "6.07"),
                tile(
                        "changes the factors",
                        right -> new Forwarding(right) {
                            @Override
                            public void product(int rows, DenseMatrix factors, DenseMatrix product) {
                                super.product(rows, factors, product);
                                nudge(factors);
                            }
                        },
                        "6.08"),
                tile(
                        "takes each row only once",
                        right -> new Forwarding(right) {
                            private final Set<Integer> taken = new HashSet<>();

                            @Override
                            public void setRow(int row, double[] values, int offset) {
                                if (taken.add(row)) {
                                    super.setRow(row, values, offset);
                                }
                            }
                        },
                        "6.09"),
                tile(
                        "cannot be closed twice",
                        right -> new Forwarding(right) {
                            private boolean closed;

                            @Override
                            public void close() {
                                if (closed) {
                                    throw new IllegalStateException("closed already");
                                }
                                closed = true;
                            }
                        },
                        "6.10"));
    }

    private static Defect tile(String name, UnaryOperator<Tile> spoil, String... rules) {
        LinearAlgebra algebra = new ReferenceLinearAlgebra() {
            @Override
            public Tile newTile(int columns) {
                return spoil.apply(super.newTile(columns));
            }
        };
        return Defect.of("tile: " + name, algebra, rules);
    }
}
