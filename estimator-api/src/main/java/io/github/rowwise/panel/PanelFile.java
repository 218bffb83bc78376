package io.github.rowwise.panel;

import io.github.rowwise.internal.io.ChecksummedInput;
import io.github.rowwise.internal.pass.RowBlock;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A panel in a file, for one that does not fit in memory or is used again and again. The {@link #panel} reads blocks of rows
 * from the file whenever a pass needs them, so that estimating takes memory for what is kept of each unit and period, and
 * none for the cells.
 *
 * <pre class="example">{@code
 * UnitEffects fitted;
 * try (PanelFile file = PanelFile.open(path)) {
 *     fitted = FactorModelEstimator.withDefaults().fit(file.panel()).detach();
 * }
 * }</pre>
 *
 * <p>A result reads cells of its panel for averages by period and by event time. Call {@link
 * io.github.rowwise.effects.UnitEffects#detach} to keep a result for longer than the file is open.
 *
 * <p>The same cells give the same estimates to the last bit as a panel in memory of the same {@link OutcomeStorage}.
 *
 * <p>Format, version 1, and version 2 if there are covariates; numbers are little-endian, texts UTF-8, checksums CRC-32C (RFC 3720) of all bytes of their part:
 *
 * <ol>
 *   <li>64 bytes: the eight bytes {@code Rowwise} and 1A hexadecimal; as int32 the version, the bytes of an outcome (4 or
 *       8), n, m, the number of arms K + 1 and the rows B of a block; as int64 the offset of the first block, a multiple of
 *       64; as int32 the number of covariates; zeros; the checksum.
 *   <li>Names of the n units, the m periods in time order the arms, control first, and the covariates: for each the number of bytes as int32,
 *       then the bytes; after all of them the checksum; zeros up to the first block.
 *   <li>Blocks of B rows, the last of what is left: outcomes row by row as floating-point numbers of IEEE 754, 0 where
 *       missing; for each covariate its values row by row as float64, 0 where missing; arms row by row as int8, -1 where missing; the checksum.
 *   <li>Observed cells of each arm as int64; the largest absolute outcome as float64; the 32 bytes of the panel's
 *       {@link Panel#fingerprint}; the checksum.
 * </ol>
 *
 * <p>Everything but the blocks is checked when the file is opened, and a block when it is first read: a damaged one throws
 * {@link InvalidPanelException} instead of giving a number. Safe for use by several threads.
 */
public final class PanelFile implements AutoCloseable {

    private final Path path;
    private final FileBlocks blocks;
    private final Panel panel;

    private PanelFile(Path path, FileBlocks blocks, Panel panel) {
        this.path = path;
        this.blocks = blocks;
        this.panel = panel;
    }

    /**
     * Opens a panel file.
     *
     * @param path the file, which must not change while it is open
     * @return the open file
     * @throws InvalidPanelException if it is no panel file, is cut short, or a part read here is damaged
     * @throws UncheckedIOException if it cannot be read
     */
    public static PanelFile open(Path path) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path);
            return read(path, channel);
        } catch (EOFException e) {
            close(channel, e);
            throw new InvalidPanelException(path + ": ends too early: it was not written or not copied whole");
        } catch (InvalidPanelException e) {
            close(channel, e);
            throw new InvalidPanelException(path + ": " + e.getMessage());
        } catch (IOException e) {
            close(channel, e);
            throw new UncheckedIOException(path + ": cannot be read", e);
        }
    }

    private static PanelFile read(Path path, FileChannel channel) throws IOException {
        ChecksummedInput head = new ChecksummedInput(new BufferedInputStream(Channels.newInputStream(channel)));
        PanelFileLayout layout = PanelFileLayout.read(head);
        if (channel.size() != layout.size()) {
            throw new InvalidPanelException("has " + channel.size() + " bytes instead of " + layout.size()
                    + ": it was not written or not copied whole");
        }
        List<List<String>> names = new ArrayList<>();
        for (int count : new int[] {layout.units(), layout.periods(), layout.arms(), layout.covariates()}) {
            List<String> list = new ArrayList<>();
            for (int k = 0; k < count; k++) {
                list.add(head.getText());
            }
            names.add(list);
        }
        require(head, "the names are");
        channel.position(layout.footerPosition());
        ChecksummedInput foot = new ChecksummedInput(new BufferedInputStream(Channels.newInputStream(channel)));
        long[] cellsPerArm = new long[layout.arms()];
        boolean possible = true;
        for (int arm = 0; arm < cellsPerArm.length; arm++) {
            cellsPerArm[arm] = foot.getLong();
            possible &= cellsPerArm[arm] > 0;
        }
        double largestOutcome = foot.getDouble();
        possible &= largestOutcome >= 0 && largestOutcome <= Double.MAX_VALUE;
        String fingerprint = HexFormat.of().formatHex(foot.getBytes(PanelFileLayout.FINGERPRINT));
        require(foot, "the end is");
        if (!possible) {
            throw new InvalidPanelException("an arm has no observed cell, or the largest outcome is not finite");
        }
        FileBlocks blocks = new FileBlocks(path, layout, channel);
        Panel panel = new Panel(
                PanelNames.check(names.get(0), names.get(1), names.get(2)).withCovariates(names.get(3)),
                layout.storage(),
                layout.blockRows(),
                blocks,
                cellsPerArm,
                largestOutcome,
                fingerprint,
                null);
        return new PanelFile(path, blocks, panel);
    }

    private static void require(ChecksummedInput in, String part) throws IOException {
        if (!in.isChecksumRight()) {
            throw new InvalidPanelException(part + " damaged: make the file again");
        }
    }

    private static void close(@Nullable FileChannel channel, Exception cause) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * Starts a panel file, to be filled unit by unit without holding the panel in memory.
     *
     * @param path where the file goes when it is finished; one that is there is replaced then
     * @param unitNames names of the units in the order in which their rows will come, all different
     * @param periodNames names of the periods in time order, all different
     * @param armNames names of the arms, control first, all different
     * @param storage how outcomes are kept
     * @return a writer
     * @throws InvalidPanelException if names repeat or there are fewer than two units, periods or arms, or more than
     *     127 arms
     * @throws UncheckedIOException if the file cannot be written
     */
    public static PanelFileWriter writer(
            Path path,
            List<String> unitNames,
            List<String> periodNames,
            List<String> armNames,
            OutcomeStorage storage) {
        return writer(path, unitNames, periodNames, armNames, List.of(), storage);
    }

    /**
     * Starts a panel file with covariates, to be filled unit by unit without holding the panel in memory.
     *
     * @param path where the file goes when it is finished; one that is there is replaced then
     * @param unitNames names of the units in the order in which their rows will come, all different
     * @param periodNames names of the periods in time order, all different
     * @param armNames names of the arms, control first, all different
     * @param covariateNames names of the covariates, all different, at most 32
     * @param storage how outcomes are kept; covariates are kept as doubles
     * @return a writer
     * @throws InvalidPanelException if names repeat or there are fewer than two units, periods or arms, or more than
     *     127 arms, or more than 32 covariates
     * @throws UncheckedIOException if the file cannot be written
     */
    public static PanelFileWriter writer(
            Path path,
            List<String> unitNames,
            List<String> periodNames,
            List<String> armNames,
            List<String> covariateNames,
            OutcomeStorage storage) {
        PanelNames names = PanelNames.check(unitNames, periodNames, armNames).withCovariates(covariateNames);
        return new PanelFileWriter(path, names, storage);
    }

    /**
     * Writes a panel to a file.
     *
     * @param panel any panel
     * @param path where the file goes; one that is there is replaced at the end
     * @param storage how outcomes are kept
     * @throws InvalidPanelException if an outcome is out of the storage's range
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void write(Panel panel, Path path, OutcomeStorage storage) {
        try (PanelFileWriter writer = new PanelFileWriter(path, panel.names(), storage)) {
            for (RowBlock block : panel.blocks()) {
                for (int row = 0; row < block.rows(); row++) {
                    writer.addRow(block, row);
                }
            }
            writer.finish();
        }
    }

    /**
     * Returns the panel, which can be used until the file is closed.
     *
     * @return the panel, whose cells are in the file
     */
    public Panel panel() {
        return panel;
    }

    /**
     * Returns where the file is.
     *
     * @return the path it was opened by
     */
    public Path path() {
        return path;
    }

    /** Closes the file. A pass over the panel that runs, or comes later, throws {@link IllegalStateException}. */
    @Override
    public void close() {
        blocks.close();
    }

    /**
     * Describes the file.
     *
     * @return its path and the size of the panel
     */
    @Override
    public String toString() {
        return path + ": " + panel;
    }
}
