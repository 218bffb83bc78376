package io.github.rowwise.linalg;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a backend works in this JVM, and why not when it does not.
 *
 * <pre class="example">{@code
 * Availability here = Availability.usable("My library 1.0");
 * Availability absent = Availability.unusable("my library is not on the class path: add its jar", null);
 * }</pre>
 *
 * @param usable whether the backend may be created
 * @param detail one line for a person: library and version when usable, else what is missing and what to do
 * @param cause what was thrown while probing, or {@code null}
 */
public record Availability(
        boolean usable, String detail, @Nullable Throwable cause) {

    /**
     * Rejects a missing detail.
     *
     * @param usable as above
     * @param detail as above
     * @param cause as above
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
     * @param cause what was thrown, or {@code null}
     * @return an unusable availability
     */
    public static Availability unusable(String detail, @Nullable Throwable cause) {
        return new Availability(false, detail, cause);
    }
}
