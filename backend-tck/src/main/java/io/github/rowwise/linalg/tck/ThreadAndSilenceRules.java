package io.github.rowwise.linalg.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Group 7: concurrent use of one backend, and silence. */
interface ThreadAndSilenceRules extends Subject {

    @ParameterizedTest
    @DisplayName("7.01 Concurrent threads get the same results as a single thread to the last bit")
    @EnumSource
    default void rule701Threads(Operation operation) throws Exception {
        int threads = 4;
        int rounds = 10;
        LinearAlgebra algebra = algebra();
        List<List<DenseMatrix>> alone = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            alone.add(operation.apply(algebra, Operation.input(20, thread)));
        }
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<List<List<DenseMatrix>>>> together = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                DenseMatrix a = Operation.input(20, thread);
                together.add(executor.submit(() -> {
                    start.await();
                    List<List<DenseMatrix>> results = new ArrayList<>();
                    for (int round = 0; round < rounds; round++) {
                        results.add(operation.apply(algebra, a));
                    }
                    return results;
                }));
            }
            for (int thread = 0; thread < threads; thread++) {
                for (List<DenseMatrix> results : together.get(thread).get(1, TimeUnit.MINUTES)) {
                    for (int k = 0; k < results.size(); k++) {
                        assertArrayEquals(
                                alone.get(thread).get(k).values(),
                                results.get(k).values(),
                                "result " + k);
                    }
                }
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    @DisplayName("7.02 Nothing is printed to the standard streams by the probe or by the operations")
    default void rule702Silence() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(capture);
            System.setErr(capture);
            provider().availability();
            LinearAlgebra algebra = algebra();
            for (Operation operation : Operation.values()) {
                operation.apply(algebra, Operation.input(6, 0));
            }
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertEquals("", printed.toString(StandardCharsets.UTF_8), "printed");
    }
}
