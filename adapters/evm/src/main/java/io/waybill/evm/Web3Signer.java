package io.waybill.evm;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.Secp256k1;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.Signer;
import io.waybill.rpc.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// A key in a Web3Signer, which keeps it in a vault or a device: transactions go there over HTTP and their
/// signatures come back. Each is checked before it is used. It hashes what it signs, so it signs transactions and
/// no digests.
///
/// @see <a href="https://consensys.github.io/web3signer/web3signer-eth1.html">Web3Signer, Eth1 signing API</a>
public final class Web3Signer implements Signer, AutoCloseable {
    private static final int LONGEST_ANSWER = 1 << 20;
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final int KEY = 64;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final URI service;
    private final Address address;
    private final String key;

    private Web3Signer(URI service, Address address) {
        this.service = service;
        this.address = address;
        try {
            key = key();
        } catch (RuntimeException e) {
            http.close();
            throw e;
        }
    }

    /// Asks a service for the key of an account.
    ///
    /// @param service `http://host:port`
    /// @throws ChainException.Refused     if it has no such key
    /// @throws ChainException.Unavailable if it does not answer
    public static Web3Signer of(URI service, Address address) {
        return new Web3Signer(service, address);
    }

    private String key() {
        var answer = send("publicKeys", HttpRequest.newBuilder().GET());
        List<Bytes> keys = Json.parse("Web3Signer", answer.getBytes(StandardCharsets.UTF_8))
                .list(Json::bytes);
        return keys.stream()
                .filter(found -> found.size() == KEY)
                .filter(found -> accountOf(found).equals(address))
                .map(Bytes::toHex)
                .findFirst()
                .orElseThrow(() ->
                        new ChainException.Refused("Web3Signer at %s: expected the key of %s among its %d, found none"
                                .formatted(service, address, keys.size())));
    }

    private static Address accountOf(Bytes key) {
        return new Address(Digests.keccak256(key).value().slice(12, 32));
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public Bytes sign(Bytes32 digest) {
        throw new ChainException.Refused(
                "Web3Signer: expected a transaction to sign, got a digest; keep this key in a keystore");
    }

    @Override
    public Bytes signHashed(Bytes message) {
        var body = Json.MAPPER.createObjectNode().put("data", message.toHex()).toString();
        var answer = send(
                "sign/" + key,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
        var signature = signature(answer.strip().replace("\"", ""));
        boolean own = Secp256k1.recover(Digests.keccak256(message), signature)
                .map(Secp256k1::address)
                .filter(address::equals)
                .isPresent();
        if (own) return signature;
        throw new ChainException.Dishonest(
                "Web3Signer at %s: expected a signature of %s, got another".formatted(service, address));
    }

    /// `r || s || v` with `v` 0 or 1, out of one whose `v` may count from 27.
    private Bytes signature(String text) {
        if (!text.matches("0x[0-9a-fA-F]{130}")) {
            throw new ChainException.Dishonest(
                    "Web3Signer at %s: expected 65 octets, got %d characters".formatted(service, text.length()));
        }
        var octets = Bytes.hex(text);
        int v = octets.at(64) >= 27 ? octets.at(64) - 27 : octets.at(64);
        return Bytes.concat(octets.slice(0, 64), Bytes.of(v & 0xff));
    }

    private String send(String path, HttpRequest.Builder request) {
        HttpResponse<byte[]> answer;
        try {
            answer = http.send(
                    request.uri(service.resolve("/api/v1/eth1/" + path))
                            .timeout(DEADLINE)
                            .build(),
                    BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
        } catch (IOException e) {
            throw new ChainException.Unavailable("Web3Signer at %s: %s".formatted(service, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChainException.Unavailable("Web3Signer: interrupted", e);
        }
        if (answer.statusCode() == 200) return new String(answer.body(), StandardCharsets.UTF_8);
        throw new ChainException.Unavailable(
                "Web3Signer at %s: expected an answer, got HTTP status %d".formatted(service, answer.statusCode()));
    }

    @Override
    public void close() {
        http.close();
    }
}
