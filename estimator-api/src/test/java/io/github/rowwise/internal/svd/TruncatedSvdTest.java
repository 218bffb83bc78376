package io.github.rowwise.internal.svd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.SlowLinearAlgebra;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests matrices with known eigenvalues and random orthonormal eigenvectors. */
class TruncatedSvdTest {

    private static final SlowLinearAlgebra ALGEBRA = new SlowLinearAlgebra();

    record Case(String what, double[] eigenvalues, int width, int wanted) {
        @Override
        public String toString() {
            return what + ", width " + width;
        }
    }

    static Stream<Case> cases() {
        return IntStream.of(1, 2, 4)
                .boxed()
                .flatMap(width -> Stream.of(
                        new Case("spread out", powers(40, 0.5), width, 5),
                        new Case("spread over 1e-12", powers(13, 0.1), width, 13),
                        new Case("one far above", concat(repeat(1e12, 1), noise(49)), width, 3),
                        new Case("noise alone", noise(50), width, 3),
                        new Case("clustered", concat(new double[] {1, 1 - 1e-6, 1 - 2e-6}, noise(47)), width, 3),
                        new Case("as many equal ones as vectors", concat(repeat(7, width), noise(30)), width, width),
                        new Case("rank 2", concat(new double[] {3, 1}, repeat(0, 30)), width, 2),
                        new Case("zero", repeat(0, 20), width, 4),
                        new Case("1 x 1", new double[] {5}, width, 1),
                        new Case("zero, 1 x 1", new double[] {0}, width, 1),
                        new Case("narrower than the block", new double[] {5, 2}, width, 2),
                        new Case("identity", repeat(1, 9), width, 3)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void convergedPairsAreEigenpairs(Case c) {
        double[][] matrix = matrix(c.eigenvalues());
        TruncatedSvd svd = run(matrix, c.width(), c.wanted());
        double largest = Math.max(c.eigenvalues()[0], Double.MIN_NORMAL);

        DenseMatrix vectors = svd.vectors(c.wanted());
        for (int k = 0; k < c.wanted(); k++) {
            assertThat(svd.values()[k]).isCloseTo(c.eigenvalues()[k], within(1e-12 * largest));
            double[] v = row(vectors, k);
            double[] image = times(matrix, v);
            for (int l = 0; l <= k; l++) {
                assertThat(dot(v, row(vectors, l))).isCloseTo(k == l ? 1 : 0, within(1e-12));
            }
            for (int j = 0; j < v.length; j++) {
                assertThat(image[j])
                        .isCloseTo(svd.values()[k] * v[j], within(Math.max(1e-10 * svd.values()[k], 1e-12 * largest)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anExhaustedSpaceGivesEveryEigenvalueWithItsMultiplicity(Case c) {
        TruncatedSvd svd = run(matrix(c.eigenvalues()), c.width(), Integer.MAX_VALUE);

        assertThat(svd.isExhausted()).isTrue();
        assertThat(svd.block().rows()).isZero();
        assertThat(svd.values()).hasSameSizeAs(c.eigenvalues());
        for (int k = 0; k < c.eigenvalues().length; k++) {
            assertThat(svd.values()[k])
                    .isCloseTo(c.eigenvalues()[k], within(1e-12 * c.eigenvalues()[0]))
                    .isNotNegative();
        }
    }

    @Test
    void multipleEigenvaluesAreFoundWithFewerVectorsPerPass() {
        double[] eigenvalues = concat(repeat(7, 11), noise(20));
        TruncatedSvd svd = run(matrix(eigenvalues), 3, Integer.MAX_VALUE);

        for (int k = 0; k < eigenvalues.length; k++) {
            assertThat(svd.values()[k]).isCloseTo(eigenvalues[k], within(1e-11));
        }
    }

    @Test
    void anEasySpectrumTakesFewPasses() {
        assertThat(run(matrix(concat(new double[] {100, 50, 25}, noise(200))), 4, 3)
                        .passes())
                .isLessThan(15);
    }

    @Test
    void valuesIncreaseFromPassToPassAndSettle() {
        double[] eigenvalues = noise(60);
        double[][] matrix = matrix(eigenvalues);
        TruncatedSvd svd = start(60, 4);
        double former = 0;
        while (!svd.isExhausted()) {
            assertThat(svd.isSettled(1, 1e-4)).isFalse();
            step(svd, matrix);
            assertThat(svd.values()[0]).isBetween(former * (1 - 1e-14), eigenvalues[0] * (1 + 1e-14));
            former = svd.values()[0];
            if (svd.isSettled(1, 1e-4)) {
                break;
            }
        }
        assertThat(svd.isExhausted()).isFalse();
        assertThat(former).isCloseTo(eigenvalues[0], within(0.02 * eigenvalues[0]));
    }

    @Test
    void theStartDependsOnTheSeedAndThePeriodNamesOnly() {
        List<String> units = List.of("a", "b");
        List<String> periods = List.of("x", "y", "z");
        double[] block = new TruncatedSvd(ALGEBRA, new CellHash(1, units, periods), 3, 1)
                .block()
                .copy()
                .values();

        assertThat(new TruncatedSvd(ALGEBRA, new CellHash(1, List.of("c", "d"), periods), 3, 1)
                        .block()
                        .copy()
                        .values())
                .isEqualTo(block);
        assertThat(new TruncatedSvd(ALGEBRA, new CellHash(2, units, periods), 3, 1)
                        .block()
                        .copy()
                        .values())
                .isNotEqualTo(block);
        double[] mirrored = new TruncatedSvd(ALGEBRA, new CellHash(1, units, List.of("z", "y", "x")), 3, 1)
                .block()
                .copy()
                .values();
        for (int j = 0; j < 3; j++) {
            assertThat(mirrored[j]).isCloseTo(block[2 - j], within(1e-15));
        }
    }

    private static TruncatedSvd start(int dimension, int width) {
        List<String> periods =
                IntStream.range(0, dimension).mapToObj(Integer::toString).toList();
        return new TruncatedSvd(ALGEBRA, new CellHash(1, List.of("a", "b"), periods), dimension, width);
    }

    private static TruncatedSvd run(double[][] matrix, int width, int wanted) {
        TruncatedSvd svd = start(matrix.length, width);
        for (int pass = 0; pass < 1000; pass++) {
            if (wanted == Integer.MAX_VALUE ? svd.isExhausted() : svd.isConverged(wanted, 1e-10)) {
                return svd;
            }
            step(svd, matrix);
        }
        throw new AssertionError("no end of passes");
    }

    private static void step(TruncatedSvd svd, double[][] matrix) {
        DenseMatrix block = svd.block();
        DenseMatrix product = DenseMatrix.zeros(block.rows(), block.columns());
        for (int k = 0; k < block.rows(); k++) {
            double[] image = times(matrix, row(block, k));
            for (int j = 0; j < image.length; j++) {
                product.set(k, j, image[j]);
            }
        }
        svd.accept(product);
    }

    /** Q diag(eigenvalues) Q' with a random orthonormal Q. */
    private static double[][] matrix(double[] eigenvalues) {
        int n = eigenvalues.length;
        SplittableRandom random = new SplittableRandom(n);
        double[][] q = new double[n][];
        double[][] result = new double[n][n];
        for (int k = 0; k < n; k++) {
            q[k] = random.doubles(n, -1, 1).toArray();
            for (int round = 0; round < 2; round++) {
                for (int l = 0; l < k; l++) {
                    double share = dot(q[k], q[l]);
                    for (int j = 0; j < n; j++) {
                        q[k][j] -= share * q[l][j];
                    }
                }
            }
            double norm = Math.sqrt(dot(q[k], q[k]));
            q[k] = Arrays.stream(q[k]).map(x -> x / norm).toArray();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    result[i][j] += eigenvalues[k] * q[k][i] * q[k][j];
                }
            }
        }
        return result;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        return Arrays.stream(matrix).mapToDouble(row -> dot(row, vector)).toArray();
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(j -> a[j] * b[j]).sum();
    }

    private static double[] row(DenseMatrix matrix, int k) {
        return matrix.rowRange(k, 1).copy().values();
    }

    private static double[] repeat(double value, int count) {
        return DoubleStream.generate(() -> value).limit(count).toArray();
    }

    private static double[] powers(int count, double base) {
        return IntStream.range(0, count).mapToDouble(k -> Math.pow(base, k)).toArray();
    }

    /** Squares of linearly decreasing values, like the singular values of noise. */
    private static double[] noise(int count) {
        return IntStream.range(0, count)
                .mapToDouble(k -> Math.pow(1 - (double) k / count, 2) / 2)
                .toArray();
    }

    private static double[] concat(double[] first, double[] second) {
        return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }
}
