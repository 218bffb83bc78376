package io.github.rowwise.internal.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.stats.LargestSingularValue;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.SlowLinearAlgebra;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Compares the rotation test with its definition: dense matrices, rotated lists, eigenvalues by the Jacobi method. */
class RotationPValueTest {

    private static final int ROTATIONS = 19;

    @Test
    void equalsItsDefinition() {
        SplittableRandom random = new SplittableRandom(5);
        for (int draw = 0; draw < 60; draw++) {
            List<byte[]> units = units(random);
            long seed = random.nextLong();
            RotationPValue.Bits bits = (unit, index) -> new SplittableRandom(seed + 1000L * unit + index).nextLong();

            RotationPValue.Result result = new RotationPValue(units).run(ROTATIONS, bits);

            int[] runOf = RotationPValue.runs(units, units.get(0).length);
            double[] common = new double[ROTATIONS + 1];
            double[] largest = new double[ROTATIONS + 1];
            for (int rotation = 0; rotation <= ROTATIONS; rotation++) {
                double[][] deviations = new double[units.size()][];
                for (int i = 0; i < deviations.length; i++) {
                    deviations[i] = deviations(units.get(i), runOf, rotation == 0 ? 0 : bits.of(i, rotation - 1));
                }
                common[rotation] = squaredColumnSums(deviations);
                largest[rotation] = largestEigenvalue(deviations);
            }
            double[] higher = new double[ROTATIONS + 1];
            for (int k = 0; k < higher.length; k++) {
                higher[k] = Math.max(score(common, k), score(largest, k));
            }
            double asHigh =
                    Arrays.stream(higher).filter(h -> h >= higher[0] - 1e-9).count();
            double expected = Math.max(0, Math.max(excess(largest), excess(common) / units.size()));
            assertThat(result.pValue()).isEqualTo(asHigh / (ROTATIONS + 1));
            assertThat(result.largest()).isCloseTo(largest[0], within(1e-9 * (1 + largest[0])));
            assertThat(result.squaredNorm()).isCloseTo(expected, within(1e-9 * (1 + largest[0])));
        }
    }

    @Test
    void theNumberOfRunsIsMinimal() {
        SplittableRandom random = new SplittableRandom(6);
        for (int draw = 0; draw < 300; draw++) {
            List<byte[]> units = units(random);
            int periods = units.get(0).length;
            int[] runOf = RotationPValue.runs(units, periods);

            // fewest[j] is the smallest number of runs that cover the first j periods.
            int[] fewest = new int[periods + 1];
            for (int end = 1; end <= periods; end++) {
                fewest[end] = Integer.MAX_VALUE;
                for (int start = 0; start < end; start++) {
                    if (isWithoutChange(units, start, end)) {
                        fewest[end] = Math.min(fewest[end], fewest[start] + 1);
                    }
                }
            }
            assertThat(runOf[periods - 1] + 1).isEqualTo(fewest[periods]);
            for (int start = 0; start < periods; start++) {
                int end = start;
                while (end < periods && runOf[end] == runOf[start]) {
                    end++;
                }
                assertThat(isWithoutChange(units, start, end)).isTrue();
            }
        }
    }

    @Test
    void theLargestSingularValueIsExactForFewRowsAndApproximateForMany() {
        SplittableRandom random = new SplittableRandom(7);
        for (int[] shape : new int[][] {{1, 1}, {1, 9}, {9, 1}, {12, 7}, {16, 40}, {60, 40}}) {
            double[][] matrix = new double[shape[0]][shape[1]];
            double[] flat = new double[shape[0] * shape[1]];
            for (int k = 0; k < flat.length; k++) {
                flat[k] = random.nextGaussian();
                matrix[k / shape[1]][k % shape[1]] = flat[k];
            }
            double[] start = random.doubles(shape[0], 0.5, 1.5).toArray();
            double exact = largestEigenvalue(matrix);
            double found = new LargestSingularValue(shape[0], shape[1], start).squareOf(flat);
            assertThat(found).isCloseTo(exact, within((shape[0] <= 16 ? 1e-9 : 1e-3) * exact));
        }
        assertThat(new LargestSingularValue(3, 2, new double[] {1, 1, 1}).squareOf(new double[6]))
                .isZero();
    }

    /** Treatment paths with long or short spells, with individual or common dates of change, and with missing cells. */
    private static List<byte[]> units(SplittableRandom random) {
        int periods = random.nextInt(2, 15);
        int most = random.nextInt(2, 10);
        int step = random.nextInt(1, Math.min(5, periods));
        double missing = random.nextInt(3) * 0.2;
        List<byte[]> units = new ArrayList<>();
        while (units.size() < most) {
            byte[] unit = new byte[periods];
            byte arm = 0;
            for (int j = 0; j < periods; j++) {
                arm = j % step == 0 ? (byte) random.nextInt(2) : arm;
                unit[j] = random.nextDouble() < missing ? RowBlock.MISSING : arm;
            }
            boolean[] seen = new boolean[3];
            for (byte cell : unit) {
                seen[cell + 1] = true;
            }
            if (seen[1] && seen[2]) {
                units.add(unit);
            }
        }
        return units;
    }

    private static boolean isWithoutChange(List<byte[]> units, int start, int end) {
        return units.stream().allMatch(unit -> {
            boolean zero = false;
            boolean one = false;
            for (int j = start; j < end; j++) {
                zero |= unit[j] == 0;
                one |= unit[j] == 1;
            }
            return !(zero && one);
        });
    }

    private static double[] deviations(byte[] unit, int[] runOf, long bits) {
        int runs = runOf[unit.length - 1] + 1;
        int[] cells = new int[runs];
        int[] periods = new int[runs];
        int[] arm = new int[runs];
        List<Integer> seen = new ArrayList<>();
        for (int j = 0; j < unit.length; j++) {
            periods[runOf[j]]++;
            if (unit[j] != RowBlock.MISSING) {
                if (cells[runOf[j]]++ == 0) {
                    seen.add(runOf[j]);
                }
                arm[runOf[j]] = unit[j];
            }
        }
        List<Integer> path = new ArrayList<>(seen.stream().map(s -> arm[s]).toList());
        int offset = (int) Long.remainderUnsigned(bits, path.size());
        for (int turn = 0; turn < offset; turn++) {
            path.add(path.remove(0));
        }
        double treated = 0;
        double observed = 0;
        for (int k = 0; k < seen.size(); k++) {
            treated += path.get(k) * cells[seen.get(k)];
            observed += cells[seen.get(k)];
        }
        double[] row = new double[runs];
        for (int k = 0; k < seen.size(); k++) {
            int s = seen.get(k);
            row[s] = cells[s] * (path.get(k) - treated / observed) / Math.sqrt(periods[s]);
        }
        return row;
    }

    private static double squaredColumnSums(double[][] rows) {
        double total = 0;
        for (int j = 0; j < rows[0].length; j++) {
            double sum = 0;
            for (double[] row : rows) {
                sum += row[j];
            }
            total += sum * sum;
        }
        return total;
    }

    private static double largestEigenvalue(double[][] rows) {
        DenseMatrix gram = DenseMatrix.zeros(rows.length, rows.length);
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k < rows.length; k++) {
                double sum = 0;
                for (int j = 0; j < rows[i].length; j++) {
                    sum += rows[i][j] * rows[k][j];
                }
                gram.set(i, k, sum);
            }
        }
        return new SlowLinearAlgebra().symmetricEigen(gram).values()[0];
    }

    private static double excess(double[] values) {
        return values[0]
                - Arrays.stream(values)
                        .skip(1)
                        .sorted()
                        .skip(ROTATIONS / 2)
                        .findFirst()
                        .orElseThrow();
    }

    private static double score(double[] values, int k) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
        return deviation <= 1e-9 * mean ? 0 : (values[k] - mean) / deviation;
    }
}
