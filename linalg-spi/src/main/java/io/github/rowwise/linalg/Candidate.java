package io.github.rowwise.linalg;

import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A registered backend provider, or the error in its place.
 *
 * @param name the provider's name, or a description of a broken registration
 * @param priority the provider's priority, 0 for a broken registration
 * @param provider the provider, or {@code null} for a broken registration
 * @param error why there is no provider, or {@code null}
 * @param prober probes the provider
 */
record Candidate(
        String name,
        int priority,
        @Nullable LinearAlgebraProvider provider,
        @Nullable Throwable error,
        Function<LinearAlgebraProvider, Probe> prober) {

    private static final Map<Class<?>, Probe> PROBES = new ConcurrentHashMap<>();

    /** Result of probing a provider: a working backend, or the reason why there is none. */
    record Probe(
            Optional<LinearAlgebra> algebra,
            String detail,
            @Nullable Throwable cause) {}

    /** Returns the backends that the calling thread and the SPI see. Each provider class is probed once per JVM. */
    static List<Candidate> visible() {
        return from(
                Services.load(LinearAlgebraProvider.class, Services.classLoaders()),
                provider -> PROBES.computeIfAbsent(provider.getClass(), type -> probe(provider)));
    }

    static List<Candidate> from(
            List<Services.Registration<LinearAlgebraProvider>> registrations,
            Function<LinearAlgebraProvider, Probe> prober) {
        return registrations.stream()
                .map(registration -> of(registration, prober))
                .toList();
    }

    private static Candidate of(
            Services.Registration<LinearAlgebraProvider> registration, Function<LinearAlgebraProvider, Probe> prober) {
        LinearAlgebraProvider provider = registration.provider();
        if (provider == null) {
            return new Candidate("(broken registration)", 0, null, registration.error(), prober);
        }
        try {
            String name = Objects.requireNonNull(provider.name(), "the name of a provider");
            return new Candidate(name, provider.priority(), provider, null, prober);
        } catch (RuntimeException | LinkageError e) {
            return new Candidate(provider.getClass().getName(), 0, null, e, prober);
        }
    }

    boolean isCreated() {
        return provider != null;
    }

    /** Returns whether the backend works. */
    Probe probe() {
        return provider == null
                ? new Probe(Optional.empty(), "could not be loaded: " + describe(error), error)
                : prober.apply(provider);
    }

    /** Asks the provider, creates the backend and checks its results. Every failure becomes a reason. */
    static Probe probe(LinearAlgebraProvider provider) {
        try {
            Availability availability = provider.availability();
            if (!availability.usable()) {
                return new Probe(Optional.empty(), availability.detail(), availability.cause());
            }
            LinearAlgebra algebra = provider.create();
            return BackendSelfCheck.failure(algebra, provider.usesNativeCode())
                    .map(failure -> new Probe(Optional.empty(), availability.detail() + " " + failure, null))
                    .orElseGet(() -> new Probe(Optional.of(algebra), availability.detail(), null));
        } catch (Exception | LinkageError e) {
            return new Probe(Optional.empty(), "failed while it was probed: " + describe(e), e);
        }
    }

    /** Returns the error with its causes, because the outermost one rarely explains the failure. */
    private static String describe(@Nullable Throwable error) {
        StringJoiner description = new StringJoiner(": ");
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            description.add(cause.toString());
        }
        return description.toString();
    }

    String origin() {
        if (provider == null) {
            return "";
        }
        CodeSource source = provider.getClass().getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? ""
                : source.getLocation().toString();
    }
}
