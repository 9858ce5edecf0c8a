package io.waybill.gateway.config;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.digest.Sm2KeyPair;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.Signer;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.evm.Web3Signer;
import io.waybill.gateway.config.WaybillConfig.SignerConfig;
import io.waybill.gateway.config.WaybillConfig.SubmitterKey;
import io.waybill.gateway.config.WaybillConfig.Web3SignerConfig;
import io.waybill.rpc.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.WalletFile;
import org.web3j.crypto.WalletUtils;
import org.web3j.crypto.exception.CipherException;

/// Keys in encrypted files (Web3 Secret Storage, version 3), each with the file that holds its password.
public final class Keystore {
    private Keystore() {}

    /// Opens the key of an account of an EVM chain, wherever it lies.
    ///
    /// @throws ConfigException if it cannot be read, or the service has none
    public static Signer open(SubmitterKey key) {
        return switch (key) {
            case SignerConfig keystore -> open(keystore);
            case Web3SignerConfig(var service, var address) -> {
                try {
                    yield Web3Signer.of(service, address);
                } catch (ChainException e) {
                    throw new ConfigException("signer: " + e.getMessage());
                }
            }
        };
    }

    /// Opens a key of secp256k1.
    ///
    /// @throws ConfigException if a file cannot be read, or the password is not the one
    public static Signer open(SignerConfig signer) {
        return KeyPair.of(secret(signer));
    }

    /// Opens the key of an account of a ledger: of SM2 where that is its cryptography. The file is the same: it
    /// holds 32 octets.
    ///
    /// @throws ConfigException if a file cannot be read, or the password is not the one
    public static Signer open(SignerConfig signer, FiscoSuite suite) {
        return suite == FiscoSuite.SM ? Sm2KeyPair.of(secret(signer)) : open(signer);
    }

    private static Bytes32 secret(SignerConfig signer) {
        var password = text(signer.passwordFile()).strip();
        var file = file(signer.keystore());
        try {
            return word(Wallet.decrypt(password, file).getPrivateKey());
        } catch (CipherException e) {
            throw new ConfigException("%s: expected the password in %s to open it (%s)"
                    .formatted(signer.keystore(), signer.passwordFile(), e.getMessage()));
        }
    }

    /// Reads the JSON field by field: the derivation's name stands beside its parameters, which web3j's own
    /// mapping loses under the present Jackson.
    private static WalletFile file(Path path) {
        try {
            var json = Json.parse(path.toString(), text(path).getBytes(StandardCharsets.UTF_8));
            var crypto = json.at(json.node().has("crypto") ? "crypto" : "Crypto");
            var read = new WalletFile.Crypto();
            read.setCipher(crypto.at("cipher").text());
            read.setCiphertext(crypto.at("ciphertext").text());
            var cipher = new WalletFile.CipherParams();
            cipher.setIv(crypto.at("cipherparams").at("iv").text());
            read.setCipherparams(cipher);
            read.setKdf(crypto.at("kdf").text());
            derive(read, crypto.at("kdf"), crypto.at("kdfparams"));
            read.setMac(crypto.at("mac").text());
            var file = new WalletFile();
            file.setCrypto(read);
            file.setVersion(Math.toIntExact(json.at("version").integer()));
            return file;
        } catch (ChainException.Unavailable e) {
            throw new ConfigException(
                    "%s: expected a keystore of Web3 Secret Storage (%s)".formatted(path, e.getMessage()));
        }
    }

    private static void derive(WalletFile.Crypto crypto, Json kdf, Json params) {
        switch (kdf.text()) {
            case "scrypt" -> {
                var scrypt = new WalletFile.ScryptKdfParams();
                scrypt.setDklen(small(params.at("dklen")));
                scrypt.setN(small(params.at("n")));
                scrypt.setP(small(params.at("p")));
                scrypt.setR(small(params.at("r")));
                scrypt.setSalt(params.at("salt").text());
                crypto.setKdfparams(scrypt);
            }
            case "pbkdf2" -> {
                var pbkdf2 = new WalletFile.Aes128CtrKdfParams();
                pbkdf2.setDklen(small(params.at("dklen")));
                pbkdf2.setC(small(params.at("c")));
                pbkdf2.setPrf(params.at("prf").text());
                pbkdf2.setSalt(params.at("salt").text());
                crypto.setKdfparams(pbkdf2);
            }
            default -> throw kdf.unreadable("scrypt or pbkdf2");
        }
    }

    private static int small(Json json) {
        long value = json.integer();
        if (value < 1 || value > 1 << 24) throw json.unreadable("1 to 2^24");
        return (int) value;
    }

    /// Writes a key and its password for whoever can read the folder: for devnets.
    public static void write(SignerConfig signer, Bytes32 secret, String password) throws IOException {
        try {
            var pair = ECKeyPair.create(new BigInteger(1, secret.value().toArray()));
            var folder = signer.keystore().toAbsolutePath().resolveSibling("");
            var name = WalletUtils.generateWalletFile(password, pair, folder.toFile(), false);
            Files.move(folder.resolve(name), signer.keystore(), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(signer.passwordFile(), password + "\n");
        } catch (CipherException e) {
            throw new IOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException("%s: expected a readable password file (%s)".formatted(file, e.getMessage()));
        }
    }

    private static Bytes32 word(BigInteger value) {
        var octets = value.toByteArray();
        var minimal = Bytes.of(octets).slice(octets.length > 32 ? 1 : 0, octets.length);
        return new Bytes32(Bytes.concat(Bytes.of(new byte[32 - minimal.size()]), minimal));
    }
}
