package io.github.rowwise.spark.panel;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Java serialisation, whatever serialiser Spark is configured to use: partial sums are serialisable only by it. */
public final class JavaSerialization {

    private JavaSerialization() {}

    public static byte[] of(Object object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot be sent: " + object.getClass().getName(), e);
        }
        return bytes.toByteArray();
    }

    /** Returns a new object at each call. */
    public static Object read(byte[] bytes) {
        try (ObjectInputStream in = new LoadedInput(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "a class of the driver is missing here: give all processes the same jars", e);
        }
    }

    /** Resolves classes of jars that Spark added after the start. */
    private static final class LoadedInput extends ObjectInputStream {

        private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

        LoadedInput(InputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                // For example a primitive type, or a loader that does not know this class.
                return super.resolveClass(description);
            }
        }
    }
}
