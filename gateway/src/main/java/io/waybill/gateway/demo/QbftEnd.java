package io.waybill.gateway.demo;

import io.vertx.core.Vertx;
import io.waybill.core.ChainId;
import io.waybill.core.client.ClientKind;
import io.waybill.devnet.evm.QbftDevnet;
import io.waybill.evm.EvmVerticle;
import io.waybill.evm.TxForm;
import io.waybill.gateway.setup.Followed;
import io.waybill.gateway.setup.MemberConfiguration;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// A chain whose four validators seal as Besu's QBFT does.
final class QbftEnd implements EvmEnd {
    private static final ChainId ID = new ChainId("eip155:1337");

    private final QbftDevnet devnet;
    private final EvmVerticle verticle;

    QbftEnd(Vertx vertx, Demo.Options options, Duration patience) {
        devnet = QbftDevnet.start(vertx, new QbftDevnet.Options(1337, 4, options.evm(), options.blockPeriod()));
        verticle = new EvmVerticle(
                new EvmVerticle.Settings(ID, ClientKind.QBFT, List.of(devnet.rpc()), TxForm.LEGACY, patience),
                DemoKeys.EVM_ACCOUNT.pair());
    }

    QbftDevnet devnet() {
        return devnet;
    }

    @Override
    public ChainId id() {
        return ID;
    }

    @Override
    public URI rpc() {
        return devnet.rpc();
    }

    @Override
    public EvmVerticle verticle() {
        return verticle;
    }

    @Override
    public Followed followed(Followed.Period period) {
        return new Followed.Qbft(ID, ClientKind.QBFT, period, () -> devnet.header(devnet.head()));
    }

    @Override
    public MemberConfiguration.Chain member() {
        return new MemberConfiguration.Evm(ID, List.of(devnet.rpc()), "qbft", DemoFiles.signer("evm"));
    }

    @Override
    public String words() {
        return "EVM, sealed as QBFT by four";
    }

    @Override
    public void close() {
        devnet.close();
    }
}
