package io.github.rowwise.effects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowwise.FactorModelEstimator;
import io.github.rowwise.panel.Panel;
import io.github.rowwise.panel.Panels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EffectsFileTest {

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("fit.effects");
    }

    @Test
    void aLoadedResultEqualsTheOneThatWasSaved() {
        Results.all(Results.panel()).forEach((name, effects) -> {
            effects.save(path());
            UnitEffects loaded = UnitEffects.load(path());

            assertThat(Results.everything(loaded)).as(name).isEqualTo(Results.everything(effects));
            assertThat(loaded.detach()).isSameAs(loaded);
        });
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aLoadedResultIsSavedToTheSameBytes() throws IOException {
        for (UnitEffects effects : Results.all(Results.panel()).values()) {
            effects.save(path());
            byte[] first = Files.readAllBytes(path());
            UnitEffects.load(path()).save(path());

            assertThat(Files.readAllBytes(path())).isEqualTo(first);
        }
    }

    private static UnitEffects small() {
        Panel panel = Panels.drawn("0011", "0101", "1100", "0000");
        return FactorModelEstimator.withDefaults()
                .withBackend("ejml")
                .withRankLimit(1)
                .fit(panel);
    }

    @Test
    void everyDamagedByteAndEveryCutEndIsNoticed() throws IOException {
        small().save(path());
        byte[] bytes = Files.readAllBytes(path());
        for (int k = 0; k < bytes.length; k++) {
            for (int bit : new int[] {1, 0x80}) {
                byte[] damaged = bytes.clone();
                damaged[k] ^= (byte) bit;
                Files.write(path(), damaged);
                assertThatThrownBy(() -> UnitEffects.load(path()))
                        .as("byte %d", k)
                        .isInstanceOf(InvalidEffectsException.class)
                        .hasMessageStartingWith(path() + ": ");
            }
            Files.write(path(), Arrays.copyOf(bytes, k));
            assertThatThrownBy(() -> UnitEffects.load(path()))
                    .as("%d bytes", k)
                    .isInstanceOf(InvalidEffectsException.class);
        }
        Files.write(path(), Arrays.copyOf(bytes, bytes.length + 1));
        assertThatThrownBy(() -> UnitEffects.load(path()))
                .isInstanceOf(InvalidEffectsException.class)
                .hasMessageContaining("damaged or cut short");
        Files.write(path(), bytes);
        assertThatCode(() -> UnitEffects.load(path())).doesNotThrowAnyException();
    }

    @Test
    void anotherVersionIsRejectedWithItsName() throws IOException {
        for (int version : new int[] {0, 1}) {
            small().save(path());
            ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path())).order(ByteOrder.LITTLE_ENDIAN);
            file.putInt(8, version);
            CRC32C checksum = new CRC32C();
            checksum.update(file.array(), 0, file.capacity() - 4);
            file.putInt(file.capacity() - 4, (int) checksum.getValue());
            Files.write(path(), file.array());

            assertThatThrownBy(() -> UnitEffects.load(path()))
                    .isInstanceOf(InvalidEffectsException.class)
                    .hasMessageContaining("format version " + version + " of Rowwise ")
                    .hasMessageContaining("with format version 2: load it with Rowwise ")
                    .hasMessageEndingWith("or fit and save again");
        }
    }

    @Test
    void somethingElseIsRejected() throws IOException {
        Files.writeString(path(), "unit,time,outcome\n");
        assertThatThrownBy(() -> UnitEffects.load(path()))
                .isInstanceOf(InvalidEffectsException.class)
                .hasMessageContaining("not a file of effects");
        Files.write(path(), new byte[0]);
        assertThatThrownBy(() -> UnitEffects.load(path())).isInstanceOf(InvalidEffectsException.class);
        assertThatThrownBy(() -> UnitEffects.load(folder.resolve("none")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none: cannot be read");
    }

    @Test
    void whereNothingCanBeWrittenTheFormerFileStays() throws IOException {
        Path nowhere = folder.resolve("no such folder").resolve("fit.effects");
        assertThatThrownBy(() -> small().save(nowhere))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot be written");
        Files.createDirectories(path().resolve("not empty"));
        assertThatThrownBy(() -> small().save(path())).isInstanceOf(UncheckedIOException.class);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }
}
