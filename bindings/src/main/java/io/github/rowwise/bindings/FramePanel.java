package io.github.rowwise.bindings;

import io.github.rowwise.cli.input.panel.PanelInput;
import io.github.rowwise.panel.InvalidPanelException;
import io.github.rowwise.panel.Panel;
import java.util.List;

/**
 * A panel that was read from a data frame. Immutable, and safe for use by several threads.
 *
 * <pre class="example">{@code
 * FramePanel whole = columns.read();
 * FramePanel without = whole.withoutTransitions(0, 2);
 * System.out.println(without.panel().cellsInArm(0) + " of " + whole.panel().cellsInArm(0));
 * }</pre>
 */
public final class FramePanel {

    private final PanelInput input;
    private final Panel panel;

    FramePanel(PanelInput input) {
        this(input, input.panel());
    }

    private FramePanel(PanelInput input, Panel panel) {
        this.input = input;
        this.panel = panel;
    }

    /**
     * Returns the panel.
     *
     * @return the panel
     */
    public Panel panel() {
        return panel;
    }

    /**
     * Returns what is doubtful about the reading, such as periods in alphabetical order.
     *
     * @return immutable, each a sentence without a full stop
     */
    public List<String> warnings() {
        return input.warnings();
    }

    /**
     * Returns what the periods were read as.
     *
     * @return in words, such as {@code dates}
     */
    public String timeKind() {
        return input.timeKind();
    }

    /**
     * Leaves out control periods around treatments.
     *
     * @param lead number of control periods before each start of treatment
     * @param washout number of control periods after each end of treatment
     * @return a changed copy, which shares the cells
     * @throws IllegalArgumentException if a number is negative
     * @throws InvalidPanelException if no control cell remains
     */
    public FramePanel withoutTransitions(int lead, int washout) {
        return new FramePanel(input, input.panel().withoutTransitions(lead, washout));
    }

    /** How the panel was read. */
    PanelInput input() {
        return input;
    }

    /**
     * Describes the panel.
     *
     * @return its size
     */
    @Override
    public String toString() {
        return panel.toString();
    }
}
