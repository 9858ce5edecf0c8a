package io.waybill.gateway.config;

import io.waybill.core.ChainId;
import io.waybill.gateway.config.WaybillConfig.Listen;
import io.waybill.gateway.config.WaybillConfig.SignerConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// Everything `./waybill verifier` is told. The shipped `config/verifier.yaml` documents each key above itself;
/// relative paths are relative to the file.
///
/// @param rpc     JSON-RPC endpoints of the eSpace, tried in order
/// @param coreRpc JSON-RPC endpoints of the Core space of the same nodes, tried in order
/// @param anchor  file that pins what the light client believes to begin with, and its parameters
/// @param state   file in which the newest beginning is kept
/// @param signer  the member of the committee
public record VerifierConfig(
        Listen http,
        Listen ops,
        ChainId chain,
        List<URI> rpc,
        List<URI> coreRpc,
        Path anchor,
        Path state,
        SignerConfig signer) {
    public VerifierConfig {
        rpc = List.copyOf(rpc);
        coreRpc = List.copyOf(coreRpc);
        Check.endpoints("rpc", rpc);
        Check.endpoints("core-rpc", coreRpc);
    }
}
