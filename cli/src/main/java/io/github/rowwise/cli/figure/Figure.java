package io.github.rowwise.cli.figure;

import io.github.rowwise.cli.input.UserInputException;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.w3c.dom.Document;

/**
 * A figure that can be written as PNG or SVG. Letters in the SVG are outlines, so it looks the same everywhere.
 *
 * @param width width in pixels
 * @param height height in pixels
 * @param painter draws the figure
 */
public record Figure(int width, int height, Consumer<Graphics2D> painter) {

    private static final int SCALE = 2;
    private static final String SVG = "http://www.w3.org/2000/svg";

    /**
     * Checks that Java can draw letters.
     *
     * @param option the option that requests figures, for messages
     * @throws UserInputException if Java finds no fonts
     */
    public static void check(String option) {
        try {
            Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
            graphics.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12)).stringWidth("x");
            graphics.dispose();
        } catch (RuntimeException | LinkageError | InternalError e) {
            throw new UserInputException(
                    option + ": Java finds no fonts to draw with (" + e.getMessage()
                            + "); install fontconfig and a font, or omit the option",
                    e);
        }
    }

    /**
     * Writes the figure as PNG, with two pixels per unit of width and height.
     *
     * @param file the file, which is overwritten if it exists
     */
    public void writePng(Path file) {
        BufferedImage image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(SCALE, SCALE);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        painter.accept(graphics);
        graphics.dispose();
        try (OutputStream out = Files.newOutputStream(file)) {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the figure as SVG.
     *
     * @param file the file, which is overwritten if it exists
     */
    public void writeSvg(Path file) {
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
            SVGGraphics2D graphics = new SVGGraphics2D(SVGGeneratorContext.createDefault(document), true);
            graphics.setSVGCanvasSize(new Dimension(width, height));
            painter.accept(graphics);
            graphics.stream(writer, true);
        } catch (SVGGraphics2DIOException e) {
            throw new UncheckedIOException(new IOException(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
