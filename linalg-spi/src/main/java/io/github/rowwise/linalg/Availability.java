package io.github.rowwise.linalg;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * States whether a backend works in this JVM, and if not, why.
 *
 * <pre class="example">{@code
 * Availability present = Availability.usable("My library 1.0");
 * Availability absent = Availability.unusable("my library is not on the class path: add its jar", null);
 * }</pre>
 *
 * @param usable whether the backend may be created
 * @param detail one line to show to a user: library and version if usable, otherwise what is missing and what to do
 * @param cause exception thrown while probing, or {@code null}
 */
public record Availability(
        boolean usable, String detail, @Nullable Throwable cause) {

    /**
     * Creates the record.
     *
     * @param usable whether the backend may be created
     * @param detail one line to show to a user; not {@code null}
     * @param cause exception thrown while probing, or {@code null}
     */
    public Availability {
        Objects.requireNonNull(detail, "detail");
    }

    /**
     * Returns the availability of a backend that works.
     *
     * @param detail library and version, such as {@code EJML 0.46.1, pure Java}
     * @return a usable availability
     */
    public static Availability usable(String detail) {
        return new Availability(true, detail, null);
    }

    /**
     * Returns the availability of a backend that does not work.
     *
     * @param detail what is missing or wrong, and what to do about it
     * @param cause exception thrown while probing, or {@code null}
     * @return an unusable availability
     */
    public static Availability unusable(String detail, @Nullable Throwable cause) {
        return new Availability(false, detail, cause);
    }
}
