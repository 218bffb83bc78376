package io.github.rowwise.linalg;

import java.util.List;
import java.util.Optional;

/**
 * Selects the kernels of this JVM: those of an installed {@link KernelProvider}, or the portable ones in plain Java.
 *
 * <p>Only the class loader that loaded the SPI is searched, not the context class loader of a thread. The choice therefore
 * does not depend on which thread asks first, and a JVM always gives the same results to the last bit. A provider that is
 * unusable or cannot be loaded is ignored without a message.
 *
 * <pre class="example">{@code
 * String kernels = Kernels.installed().map(provider -> provider.getClass().getSimpleName()).orElse("portable");
 * }</pre>
 */
public final class Kernels {

    private static final Optional<KernelProvider> INSTALLED =
            find(Services.load(KernelProvider.class, List.of(Kernels.class.getClassLoader())));

    private Kernels() {}

    /**
     * Returns the usable provider that was found when this class was loaded.
     *
     * @return the provider; empty if the portable kernels are in use
     */
    public static Optional<KernelProvider> installed() {
        return INSTALLED;
    }

    static Optional<KernelProvider> find(List<Services.Registration<KernelProvider>> registrations) {
        return registrations.stream()
                .flatMap(registration -> Optional.ofNullable(registration.provider()).stream())
                .filter(Kernels::isUsable)
                .findFirst();
    }

    static Tile newTile(int columns) {
        return INSTALLED.map(provider -> provider.newTile(columns)).orElseGet(() -> new PortableTile(columns));
    }

    private static boolean isUsable(KernelProvider provider) {
        try {
            return provider.isUsable();
        } catch (RuntimeException | LinkageError e) {
            // A later JDK may change an incubating API that the kernels use.
            return false;
        }
    }
}
