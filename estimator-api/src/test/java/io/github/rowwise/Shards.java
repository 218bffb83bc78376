package io.github.rowwise;

import io.github.rowwise.engine.Engine;
import io.github.rowwise.engine.Merge;
import io.github.rowwise.engine.PartialSum;
import io.github.rowwise.engine.ShardRows;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.PanelShard;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parts of a panel, each fitted on a thread of its own; their sums meet as bytes, as between processes. */
final class Shards {

    private final Panel panel;
    private final int[] bounds;
    private final byte[] @Nullable [] shares;
    private final List<String> labels = Collections.synchronizedList(new ArrayList<>());
    private final Phaser phaser;

    /** By part. Only the thread of the part uses its list. */
    private final List<List<ShardRows>> rows = new ArrayList<>();

    /** Parts of these sizes, the rest in the last. */
    private Shards(Panel panel, int... sizes) {
        this.panel = panel;
        this.bounds = new int[sizes.length + 2];
        for (int part = 0; part < sizes.length; part++) {
            bounds[part + 1] = bounds[part] + sizes[part];
        }
        bounds[sizes.length + 1] = panel.units();
        this.shares = new byte[sizes.length + 1] @Nullable [];
        this.phaser = new Phaser(shares.length);
        for (int part = 0; part < shares.length; part++) {
            rows.add(new ArrayList<>());
        }
    }

    /** One result a part. */
    static <R> List<R> fit(Panel panel, Function<Panel, R> method, int... sizes) {
        Shards parts = new Shards(panel, sizes);
        ExecutorService threads = Executors.newFixedThreadPool(parts.shares.length);
        try {
            List<Future<R>> fits = new ArrayList<>();
            for (int part = 0; part < parts.shares.length; part++) {
                Panel own = parts.part(part);
                fits.add(threads.submit(() -> {
                    try {
                        return method.apply(own);
                    } catch (RuntimeException e) {
                        parts.phaser.forceTermination();
                        throw e;
                    }
                }));
            }
            return results(fits);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The results, or the first failure that is not another part's. */
    private static <R> List<R> results(List<Future<R>> fits) {
        List<R> results = new ArrayList<>();
        RuntimeException failure = null;
        for (Future<R> fit : fits) {
            try {
                results.add(fit.get());
            } catch (ExecutionException e) {
                if (failure == null || failure instanceof AnotherPartFailed) {
                    failure = e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private Panel part(int part) {
        int first = bounds[part];
        int last = bounds[part + 1];
        long[] cells = new long[panel.arms()];
        double largest = 0;
        for (int unit = first; unit < last; unit++) {
            for (int period = 0; period < panel.periods(); period++) {
                if (panel.arm(unit, period) >= 0) {
                    cells[panel.arm(unit, period)]++;
                    largest = Math.max(largest, Math.abs(panel.outcome(unit, period)));
                }
            }
        }
        return PanelShard.of(
                panel.unitNames().subList(first, last),
                panel.periodNames(),
                panel.armNames(),
                cells,
                largest,
                panel.storage(),
                panel.fingerprint(),
                new Engine() {
                    @Override
                    public <S> S allReduce(PartialSum<S> sum) {
                        return Shards.this.add(part, sum);
                    }
                });
    }

    private <S> S add(int part, PartialSum<S> sum) {
        if (bounds[part] < bounds[part + 1]) {
            S share = sum.ofShard(sum.readsRows() ? rows(part) : Collections.emptyIterator());
            shares[part] = share == null ? null : bytes(new Share<>(sum.merge(), share));
        }
        synchronized (labels) {
            labels.add(sum.label());
        }
        meet();
        requireOneLabel();
        Share<S> total = null;
        for (byte[] bytes : shares) {
            if (bytes != null) {
                Share<S> share = of(bytes);
                total = total == null ? share : new Share<>(share.merge, share.merge.apply(total.sum, share.sum));
            }
        }
        meet();
        labels.clear();
        meet();
        if (total == null) {
            throw new IllegalStateException("no part has a unit");
        }
        return total.sum;
    }

    private void requireOneLabel() {
        synchronized (labels) {
            if (labels.stream().distinct().count() != 1) {
                throw new IllegalStateException("the parts ask for different sums: " + labels);
            }
        }
    }

    private void meet() {
        int phase = phaser.arrive();
        if (phase < 0 || phaser.awaitAdvance(phase) < 0) {
            throw new AnotherPartFailed();
        }
    }

    /** Small blocks, as a part's rows may come. They are copied once. */
    private Iterator<ShardRows> rows(int part) {
        List<ShardRows> known = rows.get(part);
        if (known.isEmpty()) {
            int most = 7;
            for (int first = bounds[part]; first < bounds[part + 1]; first += most) {
                known.add(rows(first, Math.min(most, bounds[part + 1] - first)));
            }
        }
        return known.iterator();
    }

    private ShardRows rows(int first, int count) {
        int m = panel.periods();
        double[] outcomes = new double[count * m];
        byte[] arms = new byte[count * m];
        Arrays.fill(arms, ShardRows.MISSING);
        for (int cell = 0; cell < arms.length; cell++) {
            int unit = first + cell / m;
            if (panel.arm(unit, cell % m) >= 0) {
                arms[cell] = (byte) panel.arm(unit, cell % m);
                outcomes[cell] = panel.outcome(unit, cell % m);
            }
        }
        return new ShardRows(outcomes, arms);
    }

    private static final class AnotherPartFailed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private record Share<S>(Merge<S> merge, S sum) {}

    private static byte[] bytes(Share<?> share) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(share.merge);
            out.writeObject(share.sum);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("unchecked") // what was written
    private static <S> Share<S> of(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return new Share<>((Merge<S>) in.readObject(), (S) in.readObject());
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
