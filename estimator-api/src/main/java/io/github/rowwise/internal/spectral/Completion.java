package io.github.rowwise.internal.spectral;

import io.github.rowwise.internal.pass.PanelView;
import io.github.rowwise.internal.pass.RowBlock;
import io.github.rowwise.linalg.DenseMatrix;
import io.github.rowwise.linalg.LinearAlgebra;
import io.github.rowwise.linalg.Tile;
import java.util.ArrayList;
import java.util.List;

/**
 * The completed matrix of one arm: {@code unitMeans 1' + 1 periodMeans' + loadings factors}.
 *
 * @param matrix the arm's matrix X and its means
 * @param factors r x m
 * @param loadings n x r
 */
public record Completion(ArmMatrix matrix, DenseMatrix factors, DenseMatrix loadings) {

    /** Returns a completion whose loadings are still zero. */
    static Completion empty(ArmMatrix matrix, DenseMatrix factors) {
        return new Completion(matrix, factors, DenseMatrix.zeros(matrix.units(), factors.rows()));
    }

    /** Completes the arms. One pass computes the loadings {@code X V}, with V' the factors. */
    static List<Completion> of(
            PanelView panel, LinearAlgebra algebra, List<ArmMatrix> matrices, List<DenseMatrix> factors) {
        List<Completion> completions = new ArrayList<>();
        for (int arm = 0; arm < matrices.size(); arm++) {
            completions.add(empty(matrices.get(arm), factors.get(arm)));
        }
        panel.runner()
                .forEachBlock(
                        () -> new TileScratch(algebra.newTile(panel.periods())),
                        (scratch, block) -> completions.forEach(completion -> completion.project(scratch, block)));
        return List.copyOf(completions);
    }

    private void project(TileScratch scratch, RowBlock block) {
        Tile tile = scratch.tile();
        for (int first = 0; first < block.rows(); first += tile.rows()) {
            int rows = Math.min(tile.rows(), block.rows() - first);
            for (int r = 0; r < rows; r++) {
                matrix.fillRow(block, first + r, scratch.row());
                tile.setRow(r, scratch.row(), 0);
            }
            tile.product(rows, factors, loadings.rowRange(block.firstRow() + first, rows));
        }
    }
}
