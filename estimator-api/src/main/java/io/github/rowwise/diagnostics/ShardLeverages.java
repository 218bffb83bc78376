package io.github.rowwise.diagnostics;

import io.github.rowwise.effects.LowRankMatrix;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Qr;
import io.github.rowwise.linalg.Svd;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Leverages of the units and periods of a low-rank matrix of which this process holds some rows or all.
 *
 * <p>The QR decomposition of all loadings comes from those of the shards: each shard decomposes its own loadings, and the
 * triangular factors of all shards, stacked, are decomposed again. A shard's rows of Q are its own Q times its slice of the
 * second Q. Source: Demmel, Grigori, Hoemmen and Langou (2012), doi:10.1137/080731992.
 */
final class ShardLeverages {

    /** Directions below this share of the largest are rounding errors. */
    private static final double NEGLIGIBLE = 1e-10;

    private final LinearAlgebra algebra;
    private final IntFunction<String> unitNames;
    private final int width;

    /** Indices of the units whose rows are available. */
    private final int[] rows;

    private final DenseMatrix factors;

    /** Of the available loadings; {@code null} if there are none. */
    private final @Nullable Qr own;

    /**
     * Decomposes the rows that are here.
     *
     * @param matrix the rows of this shard
     * @param unitNames name of each of its units, different in all shards
     * @param algebra the backend
     */
    ShardLeverages(LowRankMatrix matrix, IntFunction<String> unitNames, LinearAlgebra algebra) {
        this.algebra = algebra;
        this.unitNames = unitNames;
        DenseMatrix all = matrix.loadings();
        width = all.columns();
        rows = IntStream.range(0, matrix.units()).filter(matrix::isAvailable).toArray();
        DenseMatrix loadings = DenseMatrix.zeros(rows.length, width);
        for (int i = 0; i < rows.length; i++) {
            for (int k = 0; k < width; k++) {
                loadings.set(i, k, all.get(rows[i], k));
            }
        }
        DenseMatrix across = matrix.factors();
        factors = DenseMatrix.zeros(matrix.periods(), width);
        for (int j = 0; j < matrix.periods(); j++) {
            for (int k = 0; k < width; k++) {
                factors.set(j, k, across.get(k, j));
            }
        }
        own = rows.length == 0 || width == 0 ? null : algebra.qr(loadings);
    }

    /**
     * The triangular factor of a shard's loadings.
     *
     * @param firstUnit name of the shard's first available unit, which tells shards apart
     * @param units number of the shard's available units
     * @param rows number of rows of the triangular factor
     * @param values row by row
     */
    record Triangle(String firstUnit, int units, int rows, double[] values) implements Serializable {}

    /** The leverage of a unit, by the unit's name. */
    record UnitLeverage(String unit, double leverage) implements Serializable {

        static UnitLeverage larger(UnitLeverage first, UnitLeverage later) {
            return later.leverage > first.leverage ? later : first;
        }
    }

    /** This shard's contribution to the list of all triangular factors: one, or none if it has no available unit. */
    List<Triangle> triangles() {
        List<Triangle> triangles = new ArrayList<>();
        if (own != null) {
            DenseMatrix triangle = own.triangular().copy();
            triangles.add(new Triangle(unitNames.apply(rows[0]), rows.length, triangle.rows(), triangle.values()));
        }
        return triangles;
    }

    static List<Triangle> append(List<Triangle> first, List<Triangle> more) {
        first.addAll(more);
        return first;
    }

    /**
     * Finds the directions of the whole matrix.
     *
     * @param all the triangular factors of all shards, in the same order in each shard
     * @return empty if no row is available anywhere or the matrix is zero, in all shards alike
     */
    Optional<Directions> join(List<Triangle> all) {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        DenseMatrix stacked =
                DenseMatrix.zeros(all.stream().mapToInt(Triangle::rows).sum(), width);
        int units = 0;
        int end = 0;
        int slice = 0;
        for (Triangle triangle : all) {
            System.arraycopy(triangle.values(), 0, stacked.values(), end * width, triangle.values().length);
            if (rows.length > 0 && triangle.firstUnit().equals(unitNames.apply(rows[0]))) {
                slice = end;
            }
            units = Math.addExact(units, triangle.units());
            end += triangle.rows();
        }
        // Of one shard the stacked matrix is the triangular factor already.
        Qr second = all.size() == 1 ? null : algebra.qr(stacked);
        DenseMatrix triangular = second == null ? stacked : second.triangular();
        Qr right = algebra.qr(factors);
        DenseMatrix core =
                DenseMatrix.zeros(triangular.rows(), right.triangular().rows());
        algebra.multiply(1, triangular, false, right.triangular(), true, 0, core);
        Svd svd = algebra.svd(core);
        double[] values = svd.singularValues();
        int rank = 0;
        while (rank < values.length && values[rank] > NEGLIGIBLE * values[0]) {
            rank++;
        }
        if (rank == 0) {
            return Optional.empty();
        }
        double[] ofUnits = new double[0];
        if (own != null) {
            DenseMatrix vectors = firstColumns(svd.left(), rank);
            if (second != null) {
                DenseMatrix slices =
                        second.orthogonal().rowRange(slice, own.triangular().rows());
                vectors = DenseMatrix.zeros(slices.rows(), rank);
                algebra.multiply(1, slices, false, firstColumns(svd.left(), rank), false, 0, vectors);
            }
            ofUnits = leverages(own.orthogonal(), vectors);
        }
        return Optional.of(
                new Directions(rank, units, ofUnits, leverages(right.orthogonal(), firstColumns(svd.right(), rank))));
    }

    /** The leverages of this shard's units and of all periods. */
    final class Directions {

        private final int rank;
        private final int allUnits;
        private final double[] ofUnits;
        private final double[] ofPeriods;

        Directions(int rank, int allUnits, double[] ofUnits, double[] ofPeriods) {
            this.rank = rank;
            this.allUnits = allUnits;
            this.ofUnits = ofUnits;
            this.ofPeriods = ofPeriods;
        }

        /** The largest leverage of this shard's units; below all others if it has no available unit. */
        UnitLeverage largestUnit() {
            if (ofUnits.length == 0) {
                return new UnitLeverage("", Double.NEGATIVE_INFINITY);
            }
            int unit = largest(ofUnits);
            return new UnitLeverage(unitNames.apply(rows[unit]), ofUnits[unit]);
        }

        /** The incoherence, given the largest leverage of all shards' units. */
        Incoherence incoherence(UnitLeverage unit) {
            int period = largest(ofPeriods);
            return new Incoherence(
                    rank,
                    unit.leverage() * allUnits / rank,
                    ofUnits.length > 0 && largestUnit().unit().equals(unit.unit()) ? rows[largest(ofUnits)] : -1,
                    unit.leverage(),
                    ofPeriods[period] * ofPeriods.length / rank,
                    period,
                    ofPeriods[period]);
        }
    }

    private static DenseMatrix firstColumns(DenseMatrix matrix, int count) {
        return DenseMatrix.wrap(matrix.values(), matrix.offset(), matrix.rows(), count, matrix.stride());
    }

    /** Squared norms of the rows of a basis times vectors. */
    private double[] leverages(DenseMatrix basis, DenseMatrix vectors) {
        DenseMatrix singular = DenseMatrix.zeros(basis.rows(), vectors.columns());
        algebra.multiply(1, basis, false, vectors, false, 0, singular);
        double[] leverages = new double[basis.rows()];
        for (int i = 0; i < leverages.length; i++) {
            for (int k = 0; k < vectors.columns(); k++) {
                leverages[i] += singular.get(i, k) * singular.get(i, k);
            }
        }
        return leverages;
    }

    private static int largest(double[] values) {
        int best = 0;
        for (int k = 1; k < values.length; k++) {
            best = values[k] > values[best] ? k : best;
        }
        return best;
    }
}
