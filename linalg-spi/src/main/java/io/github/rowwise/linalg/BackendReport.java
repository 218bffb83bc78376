package io.github.rowwise.linalg;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one backend on the class path.
 *
 * <pre class="example">{@code
 * for (BackendReport report : Backends.report()) {
 *     System.out.println(report.name() + (report.usable() ? " " : " cannot be used: ") + report.detail());
 * }
 * }</pre>
 *
 * @param name the provider's name, or its class name where the provider could not be made
 * @param priority the provider's priority, 0 where the provider could not be made
 * @param usable whether it can be chosen: present, able to run, and right in the self-test
 * @param version version of the library behind it, empty where unknown
 * @param detail one line: what it is, or why it cannot be used and what to do
 * @param origin the jar or folder that it was loaded from, empty where unknown
 * @param cause what was thrown while probing, or {@code null}
 */
public record BackendReport(
        String name,
        int priority,
        boolean usable,
        String version,
        String detail,
        String origin,
        @Nullable Throwable cause) {}
