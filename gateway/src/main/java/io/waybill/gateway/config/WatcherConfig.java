package io.waybill.gateway.config;

import io.waybill.core.ChainId;
import io.waybill.gateway.config.WaybillConfig.Crypto;
import io.waybill.gateway.config.WaybillConfig.Listen;
import io.waybill.gateway.config.WaybillConfig.SignerConfig;
import java.net.URI;
import java.nio.file.Path;

/// Everything `./waybill watcher` is told. The shipped `config/watcher.yaml` documents each key above itself;
/// relative paths are relative to the file.
///
/// @param rpc     JSON-RPC of the non-sealing node it stands beside: one, its own
/// @param journal file of every hash it signed, which it never contradicts
public record WatcherConfig(
        Listen http,
        Listen ops,
        ChainId chain,
        URI rpc,
        String group,
        Crypto crypto,
        Path journal,
        SignerConfig signer) {}
