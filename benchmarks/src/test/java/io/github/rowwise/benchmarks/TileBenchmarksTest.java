package io.github.rowwise.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.Tile;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each body runs twice, because JMH calls it many times on the same state. */
class TileBenchmarksTest {

    /** More rows than a tile has, and not a multiple of them. */
    private static final String PANEL = "301x24";

    static List<String> backends() {
        return UsableBackends.names();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void passesMultiplyTheWholePanel(String backend) {
        TilePassBenchmark benchmark = new TilePassBenchmark();
        benchmark.backend = backend;
        benchmark.panel = PANEL;
        benchmark.vectors = 3;
        benchmark.findBackend();
        benchmark.prepare();
        DenseMatrix panel = benchmark.rows();
        DenseMatrix product = Oracle.multiply(panel, Oracle.transpose(benchmark.factors()));
        for (int call = 0; call < 2; call++) {
            Oracle.assertClose(benchmark.product(), product);
            Oracle.assertClose(
                    benchmark.transposedProduct(), Oracle.multiply(Oracle.transpose(benchmark.left()), panel));
            Oracle.assertClose(benchmark.normalProduct(), Oracle.multiply(Oracle.transpose(product), panel));
        }
        benchmark.close();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void gramIsThatOfTheWholePanel(String backend) {
        GramBenchmark benchmark = new GramBenchmark();
        benchmark.backend = backend;
        benchmark.panel = PANEL;
        benchmark.findBackend();
        benchmark.prepare();
        benchmark.gram();
        DenseMatrix gram = benchmark.gram().copy();
        for (int i = 0; i < gram.rows(); i++) {
            for (int j = 0; j < i; j++) {
                gram.set(i, j, gram.get(j, i));
            }
        }
        Oracle.assertClose(gram, Oracle.multiply(Oracle.transpose(benchmark.rows()), benchmark.rows()));
        benchmark.close();
    }

    @ParameterizedTest
    @MethodSource("backends")
    void fillingLeavesTheLastRowsInTheTile(String backend) {
        FillBenchmark benchmark = new FillBenchmark();
        benchmark.backend = backend;
        benchmark.panel = PANEL;
        benchmark.findBackend();
        benchmark.prepare();
        Tile tile = benchmark.fill();
        int last = (benchmark.rows().rows() - 1) % tile.rows() + 1;
        DenseMatrix ones = DenseMatrix.zeros(1, tile.columns());
        for (int j = 0; j < tile.columns(); j++) {
            ones.set(0, j, 1);
        }
        DenseMatrix sums = DenseMatrix.zeros(last, 1);
        tile.product(last, ones, sums);
        DenseMatrix rows = benchmark.rows().rowRange(benchmark.rows().rows() - last, last);
        Oracle.assertClose(sums, Oracle.multiply(rows, Oracle.transpose(ones)));
        benchmark.close();
        assertThat(last).isLessThan(benchmark.rows().rows());
    }
}
