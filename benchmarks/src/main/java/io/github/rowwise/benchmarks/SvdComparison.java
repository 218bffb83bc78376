package io.github.rowwise.benchmarks;

import io.github.rowwise.internal.pass.BlockRunner;
import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.RowBlocks;
import io.github.rowwise.internal.spectral.ArmMatrix;
import io.github.rowwise.internal.spectral.ArmMeans;
import io.github.rowwise.internal.spectral.ArmSpectrum;
import io.github.rowwise.internal.spectral.RankDecision;
import io.github.rowwise.internal.spectral.SpectralSolver;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.panel.Panel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Measures the truncated SVD of both arms of a simulated panel, and writes the decomposed matrices to files for comparison
 * with another program.
 *
 * <p>The SVD computes three factors per arm to the tolerance of a fit, on two threads. Each pass reads the panel, and centres,
 * masks and scales it for both arms. Counting cells and fitting means, which precede the SVD, are timed separately.
 */
public final class SvdComparison {

    private static final int RANK = 3;
    private static final double TOLERANCE = 1e-10;
    private static final int ROUNDS = 5;

    private SvdComparison() {}

    /**
     * Writes {@code arm0.bin} and {@code arm1.bin} (n x m), {@code vectors0.bin} and {@code vectors1.bin} (right singular
     * vectors as rows), all as little-endian doubles row by row, and {@code times.txt}: units, periods, seconds and processor
     * seconds of the means, seconds and processor seconds of the SVD.
     *
     * @param arguments shape such as 100000x1000, and a folder that exists
     * @throws Exception if a file cannot be written
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            System.err.println("usage: SvdComparison SHAPE FOLDER");
            System.exit(2);
        }
        compare(Shape.parse(arguments[0]), Path.of(arguments[1]));
    }

    static void compare(Shape shape, Path folder) throws Exception {
        Panel panel = Inputs.panel(shape);
        CellHash hash = new CellHash(1, panel.unitNames(), panel.periodNames());
        List<RowBlock> blocks = Inputs.blocks(panel);
        LinearAlgebra algebra = Backends.named("ejml");
        LeastTime means = new LeastTime();
        LeastTime svd = new LeastTime();
        List<ArmMatrix> matrices = new ArrayList<>();
        List<ArmSpectrum> spectra = new ArrayList<>();
        try (BlockRunner runner = new BlockRunner(RowBlocks.of(blocks), 2)) {
            PanelView view = new PanelView(runner, panel.units(), panel.periods(), panel.arms(), 1, hash);
            for (int round = 0; round < ROUNDS; round++) {
                matrices = means.time(() -> ArmMeans.fit(view, ArmMeans.Kind.TWO_WAY, null));
                List<ArmMatrix> fitted = matrices;
                List<RankDecision> ranks = Collections.nCopies(fitted.size(), RankDecision.fixed(RANK));
                spectra = svd.time(() -> SpectralSolver.solve(view, algebra, fitted, ranks, 0, TOLERANCE));
            }
        }
        for (int arm = 0; arm < matrices.size(); arm++) {
            write(folder.resolve("arm" + arm + ".bin"), rows(blocks, matrices.get(arm)));
            write(
                    folder.resolve("vectors" + arm + ".bin"),
                    List.of(spectra.get(arm).vectors().copy().values()));
        }
        Files.writeString(
                folder.resolve("times.txt"),
                String.format(
                        Locale.ROOT,
                        "%d %d %f %f %f %f%n",
                        shape.rows(),
                        shape.columns(),
                        means.wall(),
                        means.processor(),
                        svd.wall(),
                        svd.processor()));
    }

    /** Computes the rows of X by definition. */
    private static Iterable<double[]> rows(List<RowBlock> blocks, ArmMatrix matrix) {
        return () -> blocks.stream()
                .flatMap(block -> IntStream.range(0, block.rows()).mapToObj(row -> row(block, row, matrix)))
                .iterator();
    }

    private static double[] row(RowBlock block, int row, ArmMatrix matrix) {
        int m = block.columns();
        int unit = block.firstRow() + row;
        double[] x = new double[m];
        for (int j = 0; j < m; j++) {
            if (block.arms()[row * m + j] == matrix.arm()) {
                double centred = block.outcomes()[row * m + j] - matrix.unitMeans()[unit] - matrix.periodMeans()[j];
                x[j] = centred * m / matrix.cells(unit);
            }
        }
        return x;
    }

    private static void write(Path file, Iterable<double[]> rows) throws IOException {
        try (OutputStream stream = Files.newOutputStream(file)) {
            for (double[] row : rows) {
                ByteBuffer bytes =
                        ByteBuffer.allocate(row.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                DoubleBuffer doubles = bytes.asDoubleBuffer();
                doubles.put(row);
                stream.write(bytes.array());
            }
        }
    }
}
