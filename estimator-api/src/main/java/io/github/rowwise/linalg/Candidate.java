package io.github.rowwise.linalg;

import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * One registered provider, or the error in its place: a broken registration must not hide the others.
 *
 * @param name the provider's name, or what is known of a broken one
 * @param priority the provider's priority, 0 for a broken one
 * @param provider the provider, or {@code null} for a broken one
 * @param error why there is no provider
 */
record Candidate(
        String name,
        int priority,
        @Nullable LinearAlgebraProvider provider,
        @Nullable Throwable error) {

    /** What probing found: a working backend, or the reason why there is none. */
    record Probe(
            Optional<LinearAlgebra> algebra,
            String detail,
            @Nullable Throwable cause) {}

    static List<Candidate> onClassPath() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? Candidate.class.getClassLoader() : context;
        return from(ServiceLoader.load(LinearAlgebraProvider.class, loader).iterator());
    }

    static List<Candidate> from(Iterator<LinearAlgebraProvider> providers) {
        List<Candidate> candidates = new ArrayList<>();
        // An unreadable registration may fail for ever at the same place; a few failures are all that is listed.
        int failures = 0;
        while (failures < 100) {
            try {
                if (!providers.hasNext()) {
                    break;
                }
                candidates.add(of(providers.next()));
            } catch (ServiceConfigurationError | LinkageError e) {
                failures++;
                candidates.add(new Candidate("(broken registration)", 0, null, e));
            }
        }
        return List.copyOf(candidates);
    }

    static Candidate of(LinearAlgebraProvider provider) {
        try {
            return new Candidate(provider.name(), provider.priority(), provider, null);
        } catch (RuntimeException | LinkageError e) {
            return new Candidate(provider.getClass().getName(), 0, null, e);
        }
    }

    boolean isMade() {
        return provider != null;
    }

    @Nullable
    Class<?> type() {
        return provider == null ? null : provider.getClass();
    }

    /** Asks the provider, makes the backend and tests its numbers. Whatever goes wrong becomes a reason. */
    Probe probe() {
        if (provider == null) {
            return new Probe(Optional.empty(), "could not be loaded: " + error, error);
        }
        try {
            Availability availability = provider.availability();
            if (!availability.usable()) {
                return new Probe(Optional.empty(), availability.detail(), availability.cause());
            }
            LinearAlgebra algebra = provider.create();
            return SelfTest.failure(algebra)
                    .map(failure -> new Probe(Optional.empty(), availability.detail() + " " + failure, null))
                    .orElseGet(() -> new Probe(Optional.of(algebra), availability.detail(), null));
        } catch (RuntimeException | LinkageError e) {
            return new Probe(Optional.empty(), "failed while probed: " + e, e);
        }
    }

    String origin() {
        Class<?> type = type();
        if (type == null) {
            return "";
        }
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? ""
                : source.getLocation().toString();
    }
}
