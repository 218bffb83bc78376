package io.github.rowwise.linalg;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Service registrations that class loaders see, including broken ones: none hides the others. */
final class Services {

    /** An unreadable registration may fail at the same place forever. */
    private static final int MOST_FAILURES = 100;

    private Services() {}

    /**
     * A provider, or the error in its place.
     *
     * @param provider the provider, or {@code null} if it could not be created
     * @param error why there is no provider, or {@code null}
     */
    record Registration<S>(@Nullable S provider, @Nullable Throwable error) {

        /** Registrations with the same key are the same one, seen through two class loaders. */
        private String key() {
            return provider == null
                    ? String.valueOf(error)
                    : provider.getClass().getName();
        }
    }

    /**
     * Returns the class loaders to search for backends: the thread's context class loader, and the SPI's own.
     *
     * <p>The context class loader finds what an application adds to a shared SPI. The SPI's own finds the backends in
     * threads whose context class loader is a different one, such as those of the common pool in a web application.
     */
    static List<ClassLoader> classLoaders() {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null) {
            loaders.add(context);
        }
        loaders.add(Objects.requireNonNull(Services.class.getClassLoader(), "class loader of the SPI"));
        return List.copyOf(loaders);
    }

    /** Returns the registrations of all loaders. A class that several loaders see counts once, for the first of them. */
    static <S> List<Registration<S>> load(Class<S> service, List<ClassLoader> loaders) {
        Map<String, Registration<S>> found = new LinkedHashMap<>();
        for (ClassLoader loader : loaders) {
            for (Registration<S> registration :
                    read(ServiceLoader.load(service, loader).iterator())) {
                found.putIfAbsent(registration.key(), registration);
            }
        }
        return List.copyOf(found.values());
    }

    static <S> List<Registration<S>> read(Iterator<S> providers) {
        List<Registration<S>> registrations = new ArrayList<>();
        int failures = 0;
        while (failures < MOST_FAILURES) {
            try {
                if (!providers.hasNext()) {
                    break;
                }
                registrations.add(new Registration<>(providers.next(), null));
            } catch (ServiceConfigurationError | LinkageError e) {
                failures++;
                registrations.add(new Registration<>(null, e));
            }
        }
        return registrations;
    }
}
