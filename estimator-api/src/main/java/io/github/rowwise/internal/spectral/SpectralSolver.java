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
 * Computes the leading singular values and right singular vectors of all arms' matrices, and the ranks that a rule
 * derives from them. All arms and all sign-flipped copies share the same passes.
 *
 * <p>The matrices of a tiny panel are decomposed by the backend. All others use {@link TruncatedSvd}.
 */
public final class SpectralSolver {

    /** Vectors per pass of a matrix. A sign-flipped copy uses fewer, because only its largest value is needed. */
    private static final int WIDTH = 4;

    private static final int FLIPPED_WIDTH = 2;

    /** A panel is tiny if it has at most this many units or periods, and at most {@link #TINY_CELLS} cells. */
    private static final int TINY_SIDE = 200;

    private static final int TINY_CELLS = 1 << 17;

    /**
     * Number of passes over a sample of the rows that provide the start vectors, if all vectors of a matrix fit into
     * one pass. In large panels these vectors are about as good as those of a first pass over all rows (ADR 18).
     */
    private static final int SAMPLE_PASSES = 3;

    private static final int SAMPLE = 16;

    /** Minimum number of blocks of a sample. */
    private static final int SAMPLED_BLOCKS = 4;

    private static final int MAX_PASSES = 80;
    private static final int REPORTED_VALUES = 20;

    /**
     * Relative change in the last pass below which a value is settled. It applies to values that only decide the rank.
     */
    private static final double SETTLED = 1e-4;

    /** A singular value below this, for cells of size 1 in scaled outcomes, is a rounding error of centring. */
    private static final double ROUNDING = 1e-13;

    private final PanelView panel;
    private final LinearAlgebra algebra;
    private final List<Run> runs = new ArrayList<>();

    private SpectralSolver(PanelView panel, LinearAlgebra algebra) {
        this.panel = panel;
        this.algebra = algebra;
    }

    /**
     * Decides the rank of each arm by the rule of the same index.
     *
     * @param furtherVectors number of vectors to compute in addition to those that are kept
     */
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

    /**
     * Returns approximations of the leading vectors of each matrix from a sample of the rows; no vectors if a sample
     * does not help.
     */
    private List<DenseMatrix> starts(List<ArmMatrix> matrices, List<RankDecision> decisions, int furtherVectors) {
        int m = panel.periods();
        int blocks = RowBlock.count(panel.allUnits(), RowBlock.defaultRows(m));
        // With so few periods, the same number of passes over all rows computes everything.
        boolean isNarrow = m <= SAMPLE_PASSES * WIDTH;
        boolean isLarge = !isNarrow && panel.allUnits() / SAMPLE >= m && blocks >= SAMPLE * SAMPLED_BLOCKS;
        // A start with fewer vectors than needed delays the missing ones.
        double[] noValues = {};
        boolean isWhole = decisions.stream()
                .allMatch(decision -> decision.rank(noValues) > 0 && wanted(decision, furtherVectors) <= WIDTH);
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
        return spectra.stream().map(svd -> svd.vectors(WIDTH)).toList();
    }

    /** Returns the number of vectors that a rule requests before any value is known. */
    private static int wanted(RankDecision decision, int furtherVectors) {
        double[] noValues = {};
        return Math.max(decision.rank(noValues), decision.valuesUsed(noValues)) + furtherVectors;
    }

    /** Keeps the singular values that exceed the largest singular value of sign-flipped copies of the matrix. */
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
                TruncatedSvd svd = new TruncatedSvd(algebra, panel.hash(), panel.periods(), FLIPPED_WIDTH);
                flipped.add(svd);
                solver.runs.add(new Run(matrix, copy, svd, () -> isSettled(svd, flipped)));
            }
            arms.add(solver.arm(
                    matrix,
                    () -> RankDecision.above(solver.largestValue(flipped)),
                    () -> flipped.stream().allMatch(svd -> isSettled(svd, flipped)),
                    furtherVectors,
                    tolerance,
                    DenseMatrix.zeros(0, panel.periods())));
        }
        return solver.finish(arms);
    }

    private double largestValue(List<TruncatedSvd> spectra) {
        double largest = 0;
        for (TruncatedSvd svd : spectra) {
            largest = Math.max(largest, svd.passes() == 0 ? 0 : Math.sqrt(svd.values()[0]));
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
        // A rule that needs many vectors from the start gets more vectors per pass, so that the allowed passes suffice.
        int width = Math.max(WIDTH, 2 * wanted(decision.get(), furtherVectors) / MAX_PASSES + 1);
        TruncatedSvd svd = new TruncatedSvd(algebra, panel.hash(), panel.periods(), width, start);
        BooleanSupplier done = () -> {
            if (svd.passes() == 0 || !ready.getAsBoolean()) {
                return svd.isExhausted();
            }
            double[] values = singularValues(svd);
            RankDecision rule = decision.get();
            return svd.isSettled(rule.valuesUsed(values), SETTLED)
                    && svd.isConverged(rule.rank(values) + furtherVectors, tolerance);
        };
        runs.add(new Run(matrix, NormalOperand.PLAIN, svd, done));
        return new Arm(decision, furtherVectors, () -> singularValues(svd), svd::vectors, done);
    }

    /**
     * Returns whether a copy's largest value has settled, or certainly stays below that of another copy. Only the
     * largest counts.
     */
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
                                run.matrix(), run.copy(), run.svd().block()))
                        .toList());
        for (int r = 0; r < matrices.size(); r++) {
            matrices.get(r).svd().accept(products.get(r));
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

    private double[] singularValues(TruncatedSvd svd) {
        double[] roots = svd.values().clone();
        for (int k = 0; k < roots.length; k++) {
            roots[k] = Math.sqrt(roots[k]);
        }
        return withoutRounding(roots);
    }

    /** Sets values that are rounding errors to zero, in place. */
    private double[] withoutRounding(double[] singularValues) {
        double minValue = ROUNDING * Math.sqrt((double) panel.allUnits() * panel.periods());
        for (int k = 0; k < singularValues.length; k++) {
            singularValues[k] = singularValues[k] < minValue ? 0 : singularValues[k];
        }
        return singularValues;
    }

    /** The decomposition of one matrix or sign-flipped copy. */
    private record Run(ArmMatrix matrix, int copy, TruncatedSvd svd, BooleanSupplier done) {

        boolean isDone() {
            return svd.isExhausted() || done.getAsBoolean();
        }
    }

    /** An arm's singular values and right singular vectors, from either decomposition. */
    private record Arm(
            Supplier<RankDecision> decision,
            int furtherVectors,
            Supplier<double[]> values,
            IntFunction<DenseMatrix> vectors,
            BooleanSupplier done) {

        ArmSpectrum spectrum() {
            double[] all = values.get();
            int rank = Math.min(decision.get().rank(all), all.length);
            return new ArmSpectrum(
                    Arrays.copyOf(all, Math.min(all.length, Math.max(REPORTED_VALUES, rank + 1))),
                    rank,
                    decision.get().threshold(),
                    vectors.apply(Math.min(rank + furtherVectors, positive(all))),
                    done.getAsBoolean());
        }

        /**
         * Returns the number of positive values. The vectors of zero values are arbitrary: they contribute nothing to
         * the completion but would enter standard errors.
         */
        private static int positive(double[] descending) {
            int count = descending.length;
            while (count > 0 && descending[count - 1] <= 0) {
                count--;
            }
            return count;
        }
    }
}
