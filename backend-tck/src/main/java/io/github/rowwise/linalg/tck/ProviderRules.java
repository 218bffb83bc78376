package io.github.rowwise.linalg.tck;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.rowwise.linalg.Availability;
import io.github.rowwise.linalg.Backends;
import io.github.rowwise.linalg.LinearAlgebraProvider;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Group 8: {@link LinearAlgebraProvider}. */
interface ProviderRules extends Subject {

    @Test
    @DisplayName("8.01 The name consists of lower-case letters, digits and hyphens")
    default void rule801NameForm() {
        String name = provider().name();
        assertTrue(name.matches("[a-z0-9]+(-[a-z0-9]+)*"), () -> "name '" + name + "'");
    }

    @Test
    @DisplayName("8.02 Name and priority are always the same")
    default void rule802Stable() {
        LinearAlgebraProvider provider = provider();
        String name = provider.name();
        int priority = provider.priority();
        for (LinearAlgebraProvider again : new LinearAlgebraProvider[] {provider, provider()}) {
            assertEquals(name, again.name(), "name");
            assertEquals(priority, again.priority(), "priority");
        }
    }

    @Test
    @DisplayName("8.03 The availability does not throw, has a detail, and is usable in this JVM")
    default void rule803Availability() {
        Availability availability = assertDoesNotThrow(() -> provider().availability(), "availability");
        assertFalse(availability.detail().isBlank(), "the detail is blank");
        assertTrue(availability.usable(), () -> "not usable in this JVM: " + availability);
    }

    @Test
    @DisplayName("8.04 The backend has the name of its provider")
    default void rule804BackendHasProvidersName() {
        assertEquals(provider().name(), provider().create().name(), "name of the backend");
    }

    @Test
    @DisplayName("8.05 The backend states the version of its library")
    default void rule805Version() {
        assertFalse(algebra().version().isBlank(), "the version is blank");
    }

    @Test
    @DisplayName("8.06 The provider is registered for ServiceLoader")
    default void rule806Registered() {
        Class<?> type = provider().getClass();
        boolean registered =
                ServiceLoader.load(LinearAlgebraProvider.class).stream().anyMatch(provider -> provider.type() == type);
        assertTrue(
                registered,
                () -> type.getName() + " is not in META-INF/services/" + LinearAlgebraProvider.class.getName());
    }

    @Test
    @DisplayName("8.07 The backend is found by its name and passes the self-check")
    default void rule807FoundByName() {
        assertDoesNotThrow(() -> Backends.named(provider().name()));
    }
}
