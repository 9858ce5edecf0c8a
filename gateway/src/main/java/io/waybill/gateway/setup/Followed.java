package io.waybill.gateway.setup;

import io.waybill.contracts.Artifact;
import io.waybill.contracts.Artifacts;
import io.waybill.contracts.ClientCalls;
import io.waybill.contracts.Host;
import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.committee.Committee;
import io.waybill.core.client.committee.CommitteeAnchor;
import io.waybill.core.client.committee.CommitteeParams;
import io.waybill.core.client.fisco.FiscoAnchor;
import io.waybill.core.client.fisco.FiscoParams;
import io.waybill.core.client.fisco.Watchers;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.gateway.bundle.Anchor;
import java.util.function.Supplier;

/// How other chains are to believe one chain: by which kind of light client, with which parameters, from which
/// header on.
public sealed interface Followed {
    /// The first header that is believed, as the creation of a client takes it: read from the chain, or pinned.
    Bytes first();

    /// The contract of the client.
    Artifact artifact();

    /// The creation code of the client.
    ///
    /// @param host      what its own chain's contracts live on
    /// @param verifying its own chain
    /// @param council   who may give it a new beginning
    /// @param first     as [#first] gave it
    Bytes creation(Host host, ChainId verifying, Address council, Bytes first);

    /// What the client, and whoever checks it, trusts to begin with.
    ///
    /// @param contract the client's; any before it exists
    Anchor anchor(ChainId verifying, Address contract, Bytes first);

    /// How long and how far headers are trusted, milliseconds.
    record Period(long trustingMs, long driftMs) {
        private ClientCalls.Trust by(Address council) {
            return new ClientCalls.Trust(trustingMs, driftMs, council);
        }
    }

    /// A chain whose validators seal as QBFT or IBFT 2.0 does.
    ///
    /// @param header the one to begin with
    record Qbft(ChainId chain, ClientKind kind, Period period, Supplier<QbftHeader> header) implements Followed {
        @Override
        public Bytes first() {
            return header.get().encode();
        }

        @Override
        public Artifact artifact() {
            return Artifacts.QBFT_CLIENT;
        }

        @Override
        public Bytes creation(Host host, ChainId verifying, Address council, Bytes first) {
            return ClientCalls.deployQbft(host, chain, kind, period.by(council), first);
        }

        @Override
        public Anchor anchor(ChainId verifying, Address contract, Bytes first) {
            return new Anchor.Qbft(
                    chain,
                    period.trustingMs(),
                    period.driftMs(),
                    QbftHeader.decode(kind, first).orElseThrow());
        }
    }

    /// A FISCO BCOS 3.x ledger with watchers, mode CORROBORATED.
    ///
    /// @param kind  FISCO or FISCO_SM
    /// @param floor lowest version of a header
    record Fisco(
            ChainId chain, ClientKind kind, Period period, int floor, Watchers watchers, Supplier<FiscoAnchor> header)
            implements Followed {
        @Override
        public Bytes first() {
            return header.get().encode();
        }

        @Override
        public Artifact artifact() {
            return ClientCalls.fisco(kind);
        }

        @Override
        public Bytes creation(Host host, ChainId verifying, Address council, Bytes first) {
            var named = watchers.destination().stream().sorted().toList();
            return ClientCalls.deployFisco(
                    host,
                    kind,
                    chain,
                    verifying,
                    period.by(council),
                    floor,
                    new ClientCalls.Watchers(watchers.all(), named),
                    first);
        }

        @Override
        public Anchor anchor(ChainId verifying, Address contract, Bytes first) {
            return new Anchor.Fisco(new FiscoParams(
                    chain,
                    kind,
                    verifying,
                    contract,
                    watchers,
                    floor,
                    period.trustingMs(),
                    period.driftMs(),
                    FiscoAnchor.decode(first).orElseThrow()));
        }
    }

    /// A chain whose own proofs the other cannot check: m of n verifiers speak for it.
    ///
    /// @param block the one from which on they are believed
    record Attested(ChainId chain, Period period, Committee committee, Supplier<CommitteeAnchor> block)
            implements Followed {
        @Override
        public Bytes first() {
            return block.get().encode();
        }

        @Override
        public Artifact artifact() {
            return Artifacts.COMMITTEE_CLIENT;
        }

        @Override
        public Bytes creation(Host host, ChainId verifying, Address council, Bytes first) {
            return ClientCalls.deployCommittee(host, chain, verifying, period.by(council), committee, pinned(first));
        }

        @Override
        public Anchor anchor(ChainId verifying, Address contract, Bytes first) {
            return new Anchor.Committee(new CommitteeParams(
                    chain, verifying, contract, committee, period.trustingMs(), period.driftMs(), pinned(first)));
        }

        private static CommitteeAnchor pinned(Bytes first) {
            return CommitteeAnchor.decode(first).orElseThrow();
        }
    }
}
