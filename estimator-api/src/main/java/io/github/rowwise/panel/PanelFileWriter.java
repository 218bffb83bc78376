package io.github.rowwise.panel;

import io.github.rowwise.internal.io.ChecksummedOutput;
import io.github.rowwise.internal.pass.BlockBuffer;
import io.github.rowwise.internal.pass.Fingerprint;
import io.github.rowwise.internal.pass.RowBlock;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes a {@link PanelFile}, one unit's row after another; made by {@link PanelFile#writer}. Holds one block of rows in
 * memory, some megabytes.
 *
 * <p>It writes to a temporary file next to the target, named like it with {@code .part} at the end, which {@link #finish} moves to its
 * place; what was there stays untouched until then. {@link #close} without {@link #finish} deletes what was written. Not safe
 * for several threads.
 *
 * <pre class="example">{@code
 * try (PanelFileWriter writer = PanelFile.writer(
 *         path, unitNames, periodNames, List.of("control", "treated"), OutcomeStorage.DOUBLE)) {
 *     for (int i = 0; i < unitNames.size(); i++) {
 *         byte[] armOfPeriod = new byte[periodNames.size()];
 *         writer.add(armOfPeriod, outcomes[i]);
 *     }
 *     writer.finish();
 * }
 * }</pre>
 */
public final class PanelFileWriter implements AutoCloseable {

    private final Path path;
    private final Path part;
    private final PanelNames names;
    private final PanelFileLayout layout;
    private final CellValidator tally;
    private final Fingerprint fingerprint;
    private final FileChannel channel;
    private final BlockBuffer room = new BlockBuffer();
    private double[] outcomes;
    private byte[] arms;
    private final double[][] covariates;

    /** Of one cell. */
    private final double[] values;

    private int units;
    private boolean finished;

    PanelFileWriter(Path path, PanelNames names, OutcomeStorage storage) {
        this.path = path;
        this.part = path.resolveSibling(path.getFileName() + ".part");
        this.names = names;
        this.layout = PanelFileLayout.of(names, storage);
        this.tally = new CellValidator(names, storage);
        this.fingerprint = new Fingerprint(names.lists());
        this.outcomes = new double[layout.rows(0) * layout.periods()];
        this.arms = new byte[outcomes.length];
        this.covariates = new double[layout.covariates()][outcomes.length];
        this.values = new double[layout.covariates()];
        try {
            channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            writeHead();
        } catch (IOException e) {
            throw new UncheckedIOException(part + ": cannot be written", e);
        }
    }

    private void writeHead() throws IOException {
        OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel));
        ChecksummedOutput out = new ChecksummedOutput(stream);
        layout.write(out);
        for (List<String> list : names.lists()) {
            for (String name : list) {
                out.putText(name);
            }
        }
        out.putChecksum();
        stream.flush();
        out.putBytes(new byte[(int) (layout.firstBlock() - channel.position())]);
        stream.flush();
    }

    /**
     * Adds the next unit.
     *
     * @param armOfPeriod the arm in each period, 0 for control; does not matter where the outcome is missing
     * @param outcomeOfPeriod the outcome in each period, NaN where it is missing
     * @return this
     * @throws InvalidPanelException if an array has another length than there are periods, an outcome is infinite or beyond 1e290 in size or out of
     *     the storage's range, there is no such arm, or all units have been added
     * @throws UncheckedIOException if the disk does not take it
     */
    public PanelFileWriter add(byte[] armOfPeriod, double[] outcomeOfPeriod) {
        return add(armOfPeriod, outcomeOfPeriod, RowBlock.NO_COVARIATES);
    }

    /**
     * Adds the next unit, with covariates.
     *
     * @param armOfPeriod the arm in each period, 0 for control; does not matter where the outcome is missing
     * @param outcomeOfPeriod the outcome in each period, NaN where it is missing
     * @param covariatesOfPeriod one row per covariate, of one number per period; where one is NaN, the cell is missing
     * @return this
     * @throws InvalidPanelException if an array has another length than there are periods or covariates, a number is infinite or
     *     beyond 1e290 in size or out of the storage's range, there is no such arm, or all units have been added
     * @throws UncheckedIOException if the disk does not take it
     */
    public PanelFileWriter add(byte[] armOfPeriod, double[] outcomeOfPeriod, double[][] covariatesOfPeriod) {
        int m = layout.periods();
        if (units == layout.units()) {
            throw new InvalidPanelException(path + ": a row after that of the last unit, '"
                    + names.units().get(units - 1) + "': give one row for each of the " + units + " units");
        }
        if (armOfPeriod.length != m || outcomeOfPeriod.length != m) {
            throw new InvalidPanelException("unit '" + names.units().get(units) + "' has " + outcomeOfPeriod.length
                    + " outcomes and " + armOfPeriod.length + " arms for " + m
                    + " periods: give one of each a period, NaN where an outcome is missing");
        }
        for (double[] row : covariatesOfPeriod) {
            if (row.length != m || covariatesOfPeriod.length != values.length) {
                throw wrongCovariates();
            }
        }
        if (covariatesOfPeriod.length != values.length) {
            throw wrongCovariates();
        }
        int start = units % layout.blockRows() * m;
        for (int period = 0; period < m; period++) {
            double outcome = outcomeOfPeriod[period];
            for (int k = 0; k < values.length; k++) {
                values[k] = covariatesOfPeriod[k][period];
            }
            boolean missing = Double.isNaN(outcome) || tally.lacksCovariate(units, period, values);
            if (!missing) {
                tally.accept(units, period, armOfPeriod[period], outcome);
            }
            arms[start + period] = missing ? RowBlock.MISSING : armOfPeriod[period];
            outcomes[start + period] = missing ? 0 : layout.storage().round(outcome);
            for (int k = 0; k < values.length; k++) {
                covariates[k][start + period] = missing ? 0 : values[k];
            }
        }
        units++;
        if (units % layout.blockRows() == 0 || units == layout.units()) {
            writeBlock();
        }
        return this;
    }

    /** Adds a row of a block. */
    void addRow(RowBlock block, int row) {
        int m = block.columns();
        byte[] armOfPeriod = Arrays.copyOfRange(block.arms(), row * m, (row + 1) * m);
        double[] outcomeOfPeriod = Arrays.copyOfRange(block.outcomes(), row * m, (row + 1) * m);
        for (int period = 0; period < m; period++) {
            outcomeOfPeriod[period] = armOfPeriod[period] == RowBlock.MISSING ? Double.NaN : outcomeOfPeriod[period];
        }
        double[][] covariatesOfPeriod = new double[block.covariates().length][];
        Arrays.setAll(covariatesOfPeriod, k -> Arrays.copyOfRange(block.covariates()[k], row * m, (row + 1) * m));
        add(armOfPeriod, outcomeOfPeriod, covariatesOfPeriod);
    }

    private InvalidPanelException wrongCovariates() {
        return new InvalidPanelException("unit '" + names.units().get(units) + "': give one row per covariate "
                + names.covariates() + ", each of one number per period");
    }

    private void writeBlock() {
        int index = (units - 1) / layout.blockRows();
        int cells = layout.rows(index) * layout.periods();
        outcomes = outcomes.length == cells ? outcomes : Arrays.copyOf(outcomes, cells);
        arms = arms.length == cells ? arms : Arrays.copyOf(arms, cells);
        for (int k = 0; k < covariates.length; k++) {
            covariates[k] = covariates[k].length == cells ? covariates[k] : Arrays.copyOf(covariates[k], cells);
        }
        fingerprint.add(new RowBlock(
                index * layout.blockRows(), layout.rows(index), layout.periods(), outcomes, arms, covariates));
        ByteBuffer bytes = room.bytes(layout.blockBytes(index));
        for (double outcome : outcomes) {
            if (layout.storage() == OutcomeStorage.FLOAT) {
                bytes.putFloat((float) outcome);
            } else {
                bytes.putDouble(outcome);
            }
        }
        for (double[] covariate : covariates) {
            for (double value : covariate) {
                bytes.putDouble(value);
            }
        }
        bytes.put(arms);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate().flip());
        bytes.putInt((int) checksum.getValue()).flip();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(part + ": cannot be written", e);
        }
    }

    /**
     * Ends the file and puts it in its place.
     *
     * @throws InvalidPanelException if a unit has no row, or an arm has no observed cell
     * @throws UncheckedIOException if the disk does not take it
     */
    public void finish() {
        if (finished) {
            throw new IllegalStateException(path + " is finished: make a new writer for another one");
        }
        if (units < layout.units()) {
            throw new InvalidPanelException(path + ": " + units + " rows for " + layout.units() + " units, none for '"
                    + names.units().get(units) + "': give one row a unit, of NaN where all is missing");
        }
        tally.finish();
        try {
            writeFooter();
            channel.force(true);
            channel.close();
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be written", e);
        }
        finished = true;
    }

    private void writeFooter() throws IOException {
        OutputStream stream = new BufferedOutputStream(Channels.newOutputStream(channel));
        ChecksummedOutput out = new ChecksummedOutput(stream);
        for (long cells : tally.cellsPerArm()) {
            out.putLong(cells);
        }
        out.putDouble(tally.largestOutcome());
        out.putBytes(fingerprint.finish());
        out.putChecksum();
        stream.flush();
    }

    /** Deletes what was written, unless it was finished. */
    @Override
    public void close() {
        if (!finished) {
            try {
                channel.close();
                Files.deleteIfExists(part);
            } catch (IOException e) {
                throw new UncheckedIOException(part + ": cannot be deleted", e);
            }
        }
    }
}
