package io.github.rowwise.linalg;

import org.jspecify.annotations.Nullable;

/**
 * Result of probing one backend.
 *
 * <pre class="example">{@code
 * for (BackendReport report : Backends.report()) {
 *     System.out.println(report.name() + (report.usable() ? " " : " is unusable: ") + report.detail());
 * }
 * }</pre>
 *
 * @param name the provider's name, or its class name if the provider could not be created
 * @param priority the provider's priority, 0 if the provider could not be created
 * @param usable whether the backend can be selected: it is present, runs, and passes the self-check
 * @param version version of the underlying library, empty if unknown
 * @param detail one line: library and version, or why the backend is unusable and what to do
 * @param origin jar or folder that the provider was loaded from, empty if unknown
 * @param cause exception thrown while probing, or {@code null}
 */
public record BackendReport(
        String name,
        int priority,
        boolean usable,
        String version,
        String detail,
        String origin,
        @Nullable Throwable cause) {}
