package io.github.rowwise.internal.spectral;

import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.internal.pass.RowScratch;
import io.github.rowwise.internal.pass.Sums;
import io.github.rowwise.internal.svd.TruncatedSvd;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Svd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The leading singular values and right vectors of all arms' matrices, and the ranks that a rule takes from them, with
 * every arm and every sign-flipped copy in the same passes.
 *
 * <p>A tiny panel's matrices are decomposed in full by the backend; all else goes through {@link TruncatedSvd}.
 */
public final class SpectralSolver {

    /** Vectors a pass for a matrix, and for a flipped copy, of which only the first value is wanted. */
    private static final int WIDTH = 4;

    private static final int FLIPPED_WIDTH = 2;

    /** A panel of at most this many units or periods, and cells, is decomposed in full. */
    private static final int TINY_SIDE = 200;

    private static final int TINY_CELLS = 1 << 17;

    /**
     * Where all the vectors of a matrix fit into one pass, it begins with what so many passes over one block of rows out of so
     * many show. In large panels that is about as good as what a first pass over all rows brings (ADR 18).
     */
    private static final int SAMPLE_PASSES = 3;

    private static final int SAMPLE = 16;

    /** Blocks that a sample has at least. */
    private static final int SAMPLED_BLOCKS = 4;

    private static final int MAX_PASSES = 80;
    private static final int REPORTED_VALUES = 20;

    /** Values that only decide move by less than this, relative to themselves, in the last pass. */
    private static final double SETTLED = 1e-4;

    /** A singular value below this, for cells of size 1 in scaled outcomes, is the rounding of means taken away. */
    private static final double ROUNDING = 1e-13;

    private final PanelView panel;
    private final LinearAlgebra algebra;
    private final List<Run> runs = new ArrayList<>();

    private SpectralSolver(PanelView panel, LinearAlgebra algebra) {
        this.panel = panel;
        this.algebra = algebra;
    }

    /** Decides each arm's rank by the rule of the same index. */
    public static List<ArmSpectrum> solve(
            PanelView panel,
            LinearAlgebra algebra,
            List<ArmMatrix> matrices,
            List<RankDecision> decisions,
            int furtherVectors,
            double tolerance) {
        SpectralSolver solver = new SpectralSolver(panel, algebra);
        List<Arm> arms = new ArrayList<>();
        List<DenseMatrix> starts = solver.starts(matrices, decisions, furtherVectors);
        for (int a = 0; a < matrices.size(); a++) {
            RankDecision decision = decisions.get(a);
            arms.add(solver.arm(matrices.get(a), () -> decision, () -> true, furtherVectors, tolerance, starts.get(a)));
        }
        return solver.finish(arms);
    }

    /** What a sample of the rows shows of each matrix's leading vectors; nothing where a sample does not help. */
    private List<DenseMatrix> starts(List<ArmMatrix> matrices, List<RankDecision> decisions, int furtherVectors) {
        int m = panel.periods();
        int blocks = RowBlock.count(panel.allUnits(), RowBlock.defaultRows(m));
        // Of so few periods, as many passes over all rows find everything.
        boolean isNarrow = m <= SAMPLE_PASSES * WIDTH;
        boolean isLarge = !isNarrow && panel.allUnits() / SAMPLE >= m && blocks >= SAMPLE * SAMPLED_BLOCKS;
        // Vectors beyond the start's own would come late, because the start has little of them.
        double[] unknown = {};
        boolean isWhole = decisions.stream()
                .allMatch(decision -> decision.keep(unknown) > 0 && wanted(decision, furtherVectors) <= WIDTH);
        if (!isLarge || !isWhole) {
            return Collections.nCopies(matrices.size(), DenseMatrix.zeros(0, m));
        }
        PanelView sample = panel.sample(SAMPLE);
        List<TruncatedSvd> spectra = matrices.stream()
                .map(matrix -> new TruncatedSvd(algebra, panel.hash(), m, WIDTH))
                .toList();
        for (int pass = 0; pass < SAMPLE_PASSES; pass++) {
            multiply(
                    sample,
                    IntStream.range(0, matrices.size())
                            .mapToObj(a -> new Run(matrices.get(a), NormalOperand.PLAIN, spectra.get(a), () -> false))
                            .toList());
        }
        return spectra.stream().map(krylov -> krylov.vectors(WIDTH)).toList();
    }

    /** Vectors that a rule asks for before anything is known. */
    private static int wanted(RankDecision decision, int furtherVectors) {
        double[] unknown = {};
        return Math.max(decision.keep(unknown), decision.look(unknown)) + furtherVectors;
    }

    /** Keeps the singular values above the largest of some copies with random signs. */
    public static List<ArmSpectrum> solveBySignFlips(
            PanelView panel,
            LinearAlgebra algebra,
            List<ArmMatrix> matrices,
            int copies,
            int furtherVectors,
            double tolerance) {
        SpectralSolver solver = new SpectralSolver(panel, algebra);
        List<Arm> arms = new ArrayList<>();
        for (ArmMatrix matrix : matrices) {
            List<TruncatedSvd> flipped = new ArrayList<>();
            for (int copy = 0; copy < copies; copy++) {
                TruncatedSvd krylov = new TruncatedSvd(algebra, panel.hash(), panel.periods(), FLIPPED_WIDTH);
                flipped.add(krylov);
                solver.runs.add(new Run(matrix, copy, krylov, () -> isSettled(krylov, flipped)));
            }
            arms.add(solver.arm(
                    matrix,
                    () -> RankDecision.above(solver.largestValue(flipped)),
                    () -> flipped.stream().allMatch(krylov -> isSettled(krylov, flipped)),
                    furtherVectors,
                    tolerance,
                    DenseMatrix.zeros(0, panel.periods())));
        }
        return solver.finish(arms);
    }

    private double largestValue(List<TruncatedSvd> spectra) {
        double largest = 0;
        for (TruncatedSvd krylov : spectra) {
            largest = Math.max(largest, krylov.passes() == 0 ? 0 : Math.sqrt(krylov.values()[0]));
        }
        return withoutRounding(new double[] {largest})[0];
    }

    private Arm arm(
            ArmMatrix matrix,
            Supplier<RankDecision> decision,
            BooleanSupplier ready,
            int furtherVectors,
            double tolerance,
            DenseMatrix start) {
        if (Math.min(panel.allUnits(), panel.periods()) <= TINY_SIDE
                && (long) panel.allUnits() * panel.periods() <= TINY_CELLS) {
            Svd svd = decompose(matrix);
            double[] values = withoutRounding(svd.singularValues());
            return new Arm(decision, furtherVectors, () -> values, count -> columns(svd.right(), count), () -> true);
        }
        // A rule may ask for many vectors from the start: then a pass takes more, so that the passes allowed suffice.
        int width = Math.max(WIDTH, 2 * wanted(decision.get(), furtherVectors) / MAX_PASSES + 1);
        TruncatedSvd krylov = new TruncatedSvd(algebra, panel.hash(), panel.periods(), width, start);
        BooleanSupplier done = () -> {
            if (krylov.passes() == 0 || !ready.getAsBoolean()) {
                return krylov.isExhausted();
            }
            double[] values = singularValues(krylov);
            RankDecision rule = decision.get();
            return krylov.isSettled(rule.look(values), SETTLED)
                    && krylov.isConverged(rule.keep(values) + furtherVectors, tolerance);
        };
        runs.add(new Run(matrix, NormalOperand.PLAIN, krylov, done));
        return new Arm(decision, furtherVectors, () -> singularValues(krylov), krylov::vectors, done);
    }

    /** Whether a copy's largest value is known, or known to stay below another copy's: only the largest counts. */
    private static boolean isSettled(TruncatedSvd copy, List<TruncatedSvd> copies) {
        if (copy.isSettled(1, SETTLED)) {
            return true;
        }
        double bound = copy.boundOfLargest();
        return copies.stream().anyMatch(other -> other.passes() > 0 && other.values()[0] > bound);
    }

    private List<ArmSpectrum> finish(List<Arm> arms) {
        for (int pass = 0; pass < MAX_PASSES; pass++) {
            List<Run> active = runs.stream().filter(run -> !run.isDone()).toList();
            if (active.isEmpty()) {
                break;
            }
            multiply(panel, active);
        }
        return arms.stream().map(Arm::spectrum).toList();
    }

    private void multiply(PanelView rows, List<Run> matrices) {
        List<DenseMatrix> products = NormalPass.run(
                rows,
                algebra,
                matrices.stream()
                        .map(run -> new NormalOperand(
                                run.matrix(), run.copy(), run.krylov().block()))
                        .toList());
        for (int r = 0; r < matrices.size(); r++) {
            matrices.get(r).krylov().accept(products.get(r));
        }
    }

    private Svd decompose(ArmMatrix matrix) {
        int m = panel.periods();
        double[] rows = panel.runner()
                .reduceBlocks(
                        () -> new RowScratch(new double[m]),
                        (scratch, block) -> {
                            double[] filled = new double[block.rows() * m];
                            for (int r = 0; r < block.rows(); r++) {
                                matrix.fillRow(block, r, scratch.values());
                                System.arraycopy(scratch.values(), 0, filled, r * m, m);
                            }
                            return filled;
                        },
                        Sums::append);
        return algebra.svd(DenseMatrix.wrap(rows, panel.allUnits(), m));
    }

    private static DenseMatrix columns(DenseMatrix matrix, int count) {
        DenseMatrix rows = DenseMatrix.zeros(count, matrix.rows());
        for (int k = 0; k < count; k++) {
            for (int j = 0; j < matrix.rows(); j++) {
                rows.set(k, j, matrix.get(j, k));
            }
        }
        return rows;
    }

    private double[] singularValues(TruncatedSvd krylov) {
        double[] roots = krylov.values().clone();
        for (int k = 0; k < roots.length; k++) {
            roots[k] = Math.sqrt(roots[k]);
        }
        return withoutRounding(roots);
    }

    /** Sets values that are rounding to zero, in place. */
    private double[] withoutRounding(double[] singularValues) {
        double least = ROUNDING * Math.sqrt((double) panel.allUnits() * panel.periods());
        for (int k = 0; k < singularValues.length; k++) {
            singularValues[k] = singularValues[k] < least ? 0 : singularValues[k];
        }
        return singularValues;
    }

    /** A matrix on its way through the passes. */
    private record Run(ArmMatrix matrix, int copy, TruncatedSvd krylov, BooleanSupplier done) {

        boolean isDone() {
            return krylov.isExhausted() || done.getAsBoolean();
        }
    }

    /** An arm's singular values and right vectors, however they are found. */
    private record Arm(
            Supplier<RankDecision> decision,
            int furtherVectors,
            Supplier<double[]> values,
            IntFunction<DenseMatrix> vectors,
            BooleanSupplier done) {

        ArmSpectrum spectrum() {
            double[] all = values.get();
            int rank = Math.min(decision.get().keep(all), all.length);
            return new ArmSpectrum(
                    Arrays.copyOf(all, Math.min(all.length, Math.max(REPORTED_VALUES, rank + 1))),
                    rank,
                    decision.get().threshold(),
                    vectors.apply(Math.min(rank + furtherVectors, positive(all))),
                    done.getAsBoolean());
        }

        /** The vectors of zeros are any that complete a basis: they carry nothing but would enter standard errors. */
        private static int positive(double[] descending) {
            int count = descending.length;
            while (count > 0 && descending[count - 1] <= 0) {
                count--;
            }
            return count;
        }
    }
}
