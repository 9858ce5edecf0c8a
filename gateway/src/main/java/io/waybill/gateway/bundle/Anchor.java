package io.waybill.gateway.bundle;

import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.LightClient;
import io.waybill.core.client.beacon.BeaconClient;
import io.waybill.core.client.beacon.LightClientBootstrap;
import io.waybill.core.client.committee.CommitteeClient;
import io.waybill.core.client.committee.CommitteeParams;
import io.waybill.core.client.conflux.ConfluxClient;
import io.waybill.core.client.conflux.ConfluxParams;
import io.waybill.core.client.conflux.LedgerInfo;
import io.waybill.core.client.fisco.FiscoClient;
import io.waybill.core.client.fisco.FiscoParams;
import io.waybill.core.client.fisco2.Fisco2Client;
import io.waybill.core.client.fisco2.Fisco2Params;
import io.waybill.core.client.qbft.QbftClient;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.gateway.attest.TrustMode;

/// What an operator pins: the first trusted header of a chain with the parameters of its light client. Whoever holds
/// it can check proof bundles without a network.
public sealed interface Anchor {
    /// The chain that is followed.
    ChainId chain();

    long trustingPeriodMs();

    /// How far ahead of the verifier's clock a header may be, milliseconds.
    long maxClockDriftMs();

    LightClient client();

    /// What the client believes to begin with.
    ClientState state();

    TrustMode trust();

    default ClientKind kind() {
        return client().kind();
    }

    default ClientId id() {
        return client().id();
    }

    /// The anchor of a QBFT or IBFT 2.0 chain.
    ///
    /// @param header the header's RLP list, seals included, and of the kind its codec was told
    record Qbft(ChainId chain, long trustingPeriodMs, long maxClockDriftMs, QbftHeader header) implements Anchor {
        /// Checks that the header can be an anchor.
        ///
        /// @throws IllegalArgumentException if it cannot
        public Qbft {
            QbftClient.anchor(header).orElseThrow();
        }

        @Override
        public LightClient client() {
            return QbftClient.of(chain, header, trustingPeriodMs, maxClockDriftMs);
        }

        @Override
        public ClientState state() {
            return QbftClient.anchor(header).orElseThrow();
        }

        @Override
        public TrustMode trust() {
            return new TrustMode.HeaderProof();
        }
    }

    /// The anchor of a FISCO BCOS 3.x chain, mode CORROBORATED.
    record Fisco(FiscoParams params) implements Anchor {
        @Override
        public ChainId chain() {
            return params.chain();
        }

        @Override
        public long trustingPeriodMs() {
            return params.trustingPeriodMs();
        }

        @Override
        public long maxClockDriftMs() {
            return params.maxClockDriftMs();
        }

        @Override
        public FiscoClient client() {
            return new FiscoClient(params);
        }

        @Override
        public ClientState state() {
            return client().anchored();
        }

        @Override
        public TrustMode trust() {
            return new TrustMode.Corroborated(
                    params.watchers().needed(), params.watchers().all().size());
        }
    }

    /// The anchor of a FISCO BCOS 2.x chain.
    record Fisco2(Fisco2Params params) implements Anchor {
        @Override
        public ChainId chain() {
            return params.chain();
        }

        @Override
        public long trustingPeriodMs() {
            return params.trustingPeriodMs();
        }

        @Override
        public long maxClockDriftMs() {
            return params.maxClockDriftMs();
        }

        @Override
        public Fisco2Client client() {
            return new Fisco2Client(params);
        }

        @Override
        public ClientState state() {
            return client().anchored();
        }

        @Override
        public TrustMode trust() {
            return new TrustMode.HeaderProof();
        }
    }

    /// The anchor of a Conflux chain.
    ///
    /// @param ledgerInfo the last of its epoch; the parameters name its pivot and its hash
    record Conflux(ConfluxParams params, LedgerInfo ledgerInfo) implements Anchor {
        /// Checks that the ledger info can be an anchor.
        ///
        /// @throws IllegalStateException if it cannot
        public Conflux {
            ConfluxClient.anchor(ledgerInfo).orElseThrow();
        }

        @Override
        public ChainId chain() {
            return params.chain();
        }

        @Override
        public long trustingPeriodMs() {
            return params.trustingPeriodMs();
        }

        @Override
        public long maxClockDriftMs() {
            return params.maxClockDriftMs();
        }

        @Override
        public ConfluxClient client() {
            return new ConfluxClient(params);
        }

        @Override
        public ClientState state() {
            return ConfluxClient.anchor(ledgerInfo).orElseThrow();
        }

        @Override
        public TrustMode trust() {
            return new TrustMode.MinerVotes(params.minVotes());
        }
    }

    /// The anchor of a beacon chain.
    ///
    /// @param bootstrap the pinned header with the sync committee of its period
    record Beacon(BeaconClient.Params params, LightClientBootstrap bootstrap) implements Anchor {
        /// Checks that the bootstrap is that of the pinned header.
        ///
        /// @throws IllegalStateException if it is not
        public Beacon {
            new BeaconClient(params).anchor(bootstrap).orElseThrow();
        }

        @Override
        public ChainId chain() {
            return params.chain();
        }

        @Override
        public long trustingPeriodMs() {
            return params.trustingPeriodMs();
        }

        @Override
        public long maxClockDriftMs() {
            return params.maxClockDriftMs();
        }

        @Override
        public BeaconClient client() {
            return new BeaconClient(params);
        }

        @Override
        public ClientState state() {
            return client().anchor(bootstrap).orElseThrow();
        }

        @Override
        public TrustMode trust() {
            return new TrustMode.HeaderProof();
        }
    }

    /// The anchor of a client that believes a committee.
    record Committee(CommitteeParams params) implements Anchor {
        @Override
        public ChainId chain() {
            return params.chain();
        }

        @Override
        public long trustingPeriodMs() {
            return params.trustingPeriodMs();
        }

        @Override
        public long maxClockDriftMs() {
            return params.maxClockDriftMs();
        }

        @Override
        public CommitteeClient client() {
            return new CommitteeClient(params);
        }

        @Override
        public ClientState state() {
            return client().anchored();
        }

        @Override
        public TrustMode trust() {
            var committee = params.committee();
            return new TrustMode.Committee(
                    committee.needed(), committee.verifiers().size());
        }
    }
}
