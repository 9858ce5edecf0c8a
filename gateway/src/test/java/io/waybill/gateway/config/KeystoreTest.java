package io.waybill.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Bytes32;
import io.waybill.core.digest.KeyPair;
import io.waybill.gateway.config.WaybillConfig.SignerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeystoreTest {
    private static final Bytes32 SECRET = Bytes32.hex("0x" + "00".repeat(31) + "2a");

    @TempDir
    Path folder;

    private SignerConfig signer;

    @BeforeEach
    void write() throws IOException {
        signer = new SignerConfig(folder.resolve("key.json"), folder.resolve("key.password"));
        Keystore.write(signer, SECRET, "correct");
    }

    @Nested
    class Open {
        @Test
        void givesTheAccountThatWasWritten() {
            assertThat(Keystore.open(signer).address())
                    .isEqualTo(KeyPair.of(SECRET).address());
        }

        @Test
        void keepsNoPlainKeyInTheFile() throws IOException {
            assertThat(Files.readString(signer.keystore())).doesNotContain("00".repeat(31) + "2a");
        }

        @Test
        void refusesAnotherPassword() throws IOException {
            Files.writeString(signer.passwordFile(), "wrong");

            assertThatThrownBy(() -> Keystore.open(signer))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("expected the password in " + signer.passwordFile());
        }

        @Test
        void refusesWhatIsNoKeystore() throws IOException {
            Files.writeString(signer.keystore(), "{}");

            assertThatThrownBy(() -> Keystore.open(signer)).isInstanceOf(ConfigException.class);
        }

        @Test
        void saysThatAFileIsMissing() throws IOException {
            Files.delete(signer.passwordFile());

            assertThatThrownBy(() -> Keystore.open(signer)).hasMessageContaining("expected a readable password file");
        }
    }
}
