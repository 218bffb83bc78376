package io.github.rowwise.benchmarks;

import io.github.rowwise.internal.pass.BlockRunner;
import io.github.rowwise.internal.pass.CellHash;
import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.RowBlocks;
import io.github.rowwise.internal.spectral.ArmMatrix;
import io.github.rowwise.internal.spectral.ArmMeans;
import io.github.rowwise.internal.spectral.NormalOperand;
import io.github.rowwise.internal.spectral.NormalPass;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.panel.Panel;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** One pass of the block Krylov method over a panel: X'X times vectors for both arms at once, on two threads. */
public class FusedPassBenchmark extends BackendBenchmark {

    @Param("20000x500")
    String panel = "";

    @Param({"1", "4", "10", "16", "32", "64"})
    int vectors;

    @SuppressWarnings("NullAway.Init") // JMH calls the setup before any benchmark.
    private BlockRunner runner;

    @SuppressWarnings("NullAway.Init") // JMH calls the setup before any benchmark.
    private PanelView view;

    private final List<NormalOperand> operands = new ArrayList<>();

    /** Copies the cells of the panel, fits the means and draws the vectors. */
    @Setup
    public void prepare() {
        Panel input = Inputs.panel(Shape.parse(panel));
        runner = new BlockRunner(RowBlocks.of(Inputs.blocks(input)), 2);
        CellHash hash = new CellHash(1, input.unitNames(), input.periodNames());
        view = new PanelView(runner, input.units(), input.periods(), input.arms(), 1, hash);
        for (ArmMatrix matrix : ArmMeans.fit(view, ArmMeans.Kind.TWO_WAY, null)) {
            DenseMatrix drawn = Inputs.normal(vectors, input.periods(), 2 + matrix.arm());
            operands.add(new NormalOperand(matrix, NormalOperand.PLAIN, drawn));
        }
    }

    /** Stops the threads. */
    @TearDown
    public void close() {
        runner.close();
    }

    /**
     * Runs one pass.
     *
     * @return vectors (X'X)' of each arm, one row per vector
     */
    @Benchmark
    public List<DenseMatrix> pass() {
        return NormalPass.run(view, algebra(), operands);
    }

    List<NormalOperand> operands() {
        return operands;
    }

    BlockRunner runner() {
        return runner;
    }

    PanelView view() {
        return view;
    }
}
