package io.github.rowwise.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backends are found in every thread, whatever its context class loader, as in web applications and plugins. */
@Tag("slow")
class ClassLoadersTest {

    @TempDir
    private Path folder = Path.of("");

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @BeforeEach
    void registerAProvider() throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(LinearAlgebraProvider.class.getName()), BrokenProvidersTest.Right.class.getName());
    }

    @AfterEach
    void restoreTheContextClassLoader() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void providerOfTheSpisLoaderIsFoundInTheCommonPool() throws Exception {
        try (URLClassLoader application = application()) {
            Thread.currentThread().setContextClassLoader(application);
            assertThat(names(application)).containsExactly("right");
            // With two processors supplyAsync does not use the common pool but threads that inherit the context loader.
            CountDownLatch done = new CountDownLatch(1);
            List<Object> found = new CopyOnWriteArrayList<>();
            ForkJoinPool.commonPool().execute(() -> {
                try {
                    found.addAll(names(application));
                } finally {
                    done.countDown();
                }
            });
            done.await();
            assertThat(found).containsExactly("right");
        }
    }

    @Test
    void providerOfTheSpisLoaderIsFoundUnderAForeignContextLoader() throws Exception {
        try (URLClassLoader application = application()) {
            for (ClassLoader foreign : new ClassLoader[] {ClassLoader.getPlatformClassLoader(), before, null}) {
                Thread.currentThread().setContextClassLoader(foreign);
                assertThat(names(application)).containsExactly("right");
            }
        }
    }

    @Test
    void providerOfTheContextLoaderIsFound() throws Exception {
        try (URLClassLoader plugin = new URLClassLoader(new URL[] {url(folder)}, before)) {
            assertThat(Backends.names()).doesNotContain("right");
            Thread.currentThread().setContextClassLoader(plugin);
            assertThat(Backends.names()).containsExactly("right");
            assertThat(Backends.named("right").name()).isEqualTo("slow");
        }
    }

    @Test
    void providerThatBothLoadersSeeCountsOnce() throws Exception {
        try (URLClassLoader application = application();
                URLClassLoader child = new URLClassLoader(new URL[0], application)) {
            Thread.currentThread().setContextClassLoader(child);
            assertThat(call(application, "report")).hasSize(1);
        }
    }

    /** Returns a loader with its own SPI and a provider, as a web application has. */
    private URLClassLoader application() throws Exception {
        return new URLClassLoader(
                new URL[] {location(Backends.class), location(ClassLoadersTest.class), url(folder)},
                ClassLoader.getPlatformClassLoader());
    }

    private static List<Object> names(ClassLoader application) {
        try {
            return call(application, "names");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<Object> call(ClassLoader application, String method) throws Exception {
        return List.copyOf((List<?>) Class.forName(Backends.class.getName(), true, application)
                .getMethod(method)
                .invoke(null));
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static URL url(Path path) throws Exception {
        return path.toUri().toURL();
    }
}
