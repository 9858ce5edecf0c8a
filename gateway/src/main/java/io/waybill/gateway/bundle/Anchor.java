package io.waybill.gateway.bundle;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.ClientId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.client.ClientState;
import io.waybill.core.client.LightClient;
import io.waybill.core.client.fisco.FiscoClient;
import io.waybill.core.client.fisco.FiscoParams;
import io.waybill.core.client.qbft.QbftClient;
import io.waybill.core.client.qbft.QbftHeader;
import io.waybill.gateway.attest.TrustMode;
import java.util.List;

/// What an operator pins: the first trusted header of a chain with the parameters of its light client. Whoever holds
/// it can check proof bundles without a network.
public sealed interface Anchor {
    /// The chain that is followed.
    ChainId chain();

    long trustingPeriodMs();

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

        /// In ascending order.
        List<Address> watchers() {
            return params.watchers().all();
        }

        Bytes header() {
            return params.anchor().encode();
        }
    }
}
