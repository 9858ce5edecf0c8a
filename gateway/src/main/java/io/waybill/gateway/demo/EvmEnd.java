package io.waybill.gateway.demo;

import io.waybill.core.ChainId;
import io.waybill.evm.EvmVerticle;
import io.waybill.gateway.setup.Followed;
import io.waybill.gateway.setup.MemberConfiguration;
import java.net.URI;

/// The EVM-compatible chain of a demo: how it is spoken to, and how the ledger is to believe it.
sealed interface EvmEnd extends AutoCloseable permits QbftEnd, ConfluxEnd {
    ChainId id();

    URI rpc();

    EvmVerticle verticle();

    /// The chain for contracts on another.
    Followed followed(Followed.Period period);

    /// How another member speaks to it.
    MemberConfiguration.Chain member();

    /// What it is, in one line.
    String words();

    @Override
    void close();
}
