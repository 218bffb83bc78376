package io.github.rowwise.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The kernels of a provider are used only if they work; otherwise the portable ones are, without a message. */
class KernelsTest {

    private record FakeKernels(BooleanSupplier usable) implements KernelProvider {

        @Override
        public boolean isUsable() {
            return usable.getAsBoolean();
        }

        @Override
        public Tile newTile(int columns) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void firstUsableProviderIsInstalled() {
        KernelProvider unusable = new FakeKernels(() -> false);
        KernelProvider broken = new FakeKernels(() -> {
            throw new NoClassDefFoundError("jdk/incubator/vector/DoubleVector");
        });
        KernelProvider usable = new FakeKernels(() -> true);
        assertThat(Kernels.find(List.of(
                        new Services.Registration<>(null, new ServiceConfigurationError("not found")),
                        new Services.Registration<>(unusable, null),
                        new Services.Registration<>(broken, null),
                        new Services.Registration<>(usable, null))))
                .contains(usable);
        assertThat(Kernels.find(List.of(
                        new Services.Registration<>(broken, null), new Services.Registration<>(unusable, null))))
                .isEmpty();
    }

    @Test
    void withoutAProviderTilesArePortable() {
        assertThat(Kernels.installed()).isEmpty();
        assertThat(new SlowLinearAlgebra().newTile(3)).isInstanceOf(PortableTile.class);
    }
}
