package io.github.rowwise.linalg.tck;

import static io.github.rowwise.linalg.tck.Matrices.view;
import static io.github.rowwise.linalg.tck.Oracle.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Group 5: rules for every operation. */
interface OperationRules extends Subject {

    @ParameterizedTest
    @DisplayName("5.01 The offset of the matrix is used")
    @EnumSource(names = {"SVD", "SYMMETRIC_EIGEN", "QR"})
    default void rule501OffsetCounts(Operation operation) {
        assertRightOfView(operation, 7, 0);
    }

    @ParameterizedTest
    @DisplayName("5.02 The stride of the matrix is used")
    @EnumSource(names = {"SVD", "SYMMETRIC_EIGEN", "QR"})
    default void rule502StrideCounts(Operation operation) {
        assertRightOfView(operation, 0, 2);
    }

    private void assertRightOfView(Operation operation, int offset, int gap) {
        DenseMatrix a = Operation.input(6, 0);
        assertClose(
                a,
                operation.recompose(operation.apply(algebra(), view(a, offset, gap))),
                operation + " of a view with offset " + offset + " and gap " + gap);
    }

    @ParameterizedTest
    @DisplayName("5.03 The input is not modified")
    @EnumSource
    default void rule503InputUntouched(Operation operation) {
        for (DenseMatrix a : List.of(Operation.input(6, 0), view(Operation.input(6, 0), 7, 2))) {
            double[] before = a.values().clone();
            operation.apply(algebra(), a);
            assertArrayEquals(before, a.values(), "the input's array");
        }
    }

    @ParameterizedTest
    @DisplayName("5.04 Results share no array with the input, with each other or with later results")
    @EnumSource
    default void rule504ResultsAreNotAliases(Operation operation) {
        LinearAlgebra algebra = algebra();
        DenseMatrix a = Operation.input(6, 0);
        double[] before = a.values().clone();
        List<DenseMatrix> results = operation.apply(algebra, a);
        List<double[]> expected = copies(results);
        for (int k = 0; k < results.size(); k++) {
            // Overwriting one result must not change the input or the other results.
            Arrays.fill(results.get(k).values(), 777);
            assertArrayEquals(before, a.values(), "the input after writing to result " + k);
            for (int other = k + 1; other < results.size(); other++) {
                assertArrayEquals(
                        expected.get(other), results.get(other).values(), "result " + other + " after writing to " + k);
            }
        }
        List<DenseMatrix> again = operation.apply(algebra, a);
        for (int k = 0; k < again.size(); k++) {
            assertArrayEquals(expected.get(k), again.get(k).values(), "result " + k + " of a second call");
        }
        operation.apply(algebra, Operation.input(6, 1));
        for (int k = 0; k < again.size(); k++) {
            assertArrayEquals(expected.get(k), again.get(k).values(), "result " + k + " after a later call");
        }
    }

    @ParameterizedTest
    @DisplayName("5.05 The same input gives the same result to the last bit")
    @EnumSource
    default void rule505SameInputSameResult(Operation operation) {
        DenseMatrix a = Operation.input(40, 0);
        List<double[]> first = copies(operation.apply(algebra(), a));
        for (int trial = 0; trial < 3; trial++) {
            List<double[]> again = copies(operation.apply(algebra(), a));
            for (int k = 0; k < first.size(); k++) {
                assertArrayEquals(first.get(k), again.get(k), "result " + k);
            }
        }
    }

    private static List<double[]> copies(List<DenseMatrix> results) {
        return results.stream().map(result -> result.values().clone()).toList();
    }
}
