package io.github.rowwise.linalg;

import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One registered provider, or the error in its place: a broken registration must not hide the others.
 *
 * @param name the provider's name, or what is known of a broken one
 * @param priority the provider's priority, 0 for a broken one
 * @param provider the provider, or {@code null} for a broken one
 * @param error why there is no provider
 * @param prober how the provider is probed
 */
record Candidate(
        String name,
        int priority,
        @Nullable LinearAlgebraProvider provider,
        @Nullable Throwable error,
        Function<LinearAlgebraProvider, Probe> prober) {

    private static final Map<Class<?>, Probe> PROBES = new ConcurrentHashMap<>();

    /** What probing found: a working backend, or the reason why there is none. */
    record Probe(
            Optional<LinearAlgebra> algebra,
            String detail,
            @Nullable Throwable cause) {}

    static List<Candidate> onClassPath() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? Candidate.class.getClassLoader() : context;
        return from(
                ServiceLoader.load(LinearAlgebraProvider.class, loader).iterator(),
                provider -> PROBES.computeIfAbsent(provider.getClass(), type -> probe(provider)));
    }

    static List<Candidate> from(
            Iterator<LinearAlgebraProvider> providers, Function<LinearAlgebraProvider, Probe> prober) {
        List<Candidate> candidates = new ArrayList<>();
        // An unreadable registration may fail for ever at the same place; a few failures are all that is listed.
        int failures = 0;
        while (failures < 100) {
            try {
                if (!providers.hasNext()) {
                    break;
                }
                candidates.add(of(providers.next(), prober));
            } catch (ServiceConfigurationError | LinkageError e) {
                failures++;
                candidates.add(new Candidate("(broken registration)", 0, null, e, prober));
            }
        }
        return List.copyOf(candidates);
    }

    private static Candidate of(LinearAlgebraProvider provider, Function<LinearAlgebraProvider, Probe> prober) {
        try {
            String name = Objects.requireNonNull(provider.name(), "the name of a provider");
            return new Candidate(name, provider.priority(), provider, null, prober);
        } catch (RuntimeException | LinkageError e) {
            return new Candidate(provider.getClass().getName(), 0, null, e, prober);
        }
    }

    boolean isMade() {
        return provider != null;
    }

    /** Whether the backend works; on the class path that is found out once in the life of the JVM. */
    Probe probe() {
        return provider == null
                ? new Probe(Optional.empty(), "could not be loaded: " + inWords(error), error)
                : prober.apply(provider);
    }

    /** Asks the provider, makes the backend and tests its numbers. Whatever goes wrong becomes a reason. */
    static Probe probe(LinearAlgebraProvider provider) {
        try {
            Availability availability = provider.availability();
            if (!availability.usable()) {
                return new Probe(Optional.empty(), availability.detail(), availability.cause());
            }
            LinearAlgebra algebra = provider.create();
            return BackendSelfCheck.failure(algebra)
                    .map(failure -> new Probe(Optional.empty(), availability.detail() + " " + failure, null))
                    .orElseGet(() -> new Probe(Optional.of(algebra), availability.detail(), null));
        } catch (Exception | LinkageError e) {
            return new Probe(Optional.empty(), "failed while probed: " + inWords(e), e);
        }
    }

    /** The error with its causes: the outermost of them seldom tells what is wrong. */
    private static String inWords(@Nullable Throwable error) {
        StringJoiner words = new StringJoiner(": ");
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            words.add(cause.toString());
        }
        return words.toString();
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
