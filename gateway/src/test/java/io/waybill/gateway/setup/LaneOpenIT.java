package io.waybill.gateway.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.waybill.contracts.CouncilCalls;
import io.waybill.contracts.LaneCalls;
import io.waybill.contracts.LaneRoles;
import io.waybill.contracts.LaneRoles.Role;
import io.waybill.core.Bytes;
import io.waybill.core.ChainId;
import io.waybill.core.client.ClientKind;
import io.waybill.core.digest.KeyPair;
import io.waybill.core.port.ChainException;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.devnet.fisco.LedgerDevnet;
import io.waybill.gateway.RunningMember;
import io.waybill.gateway.cli.WaybillCommand;
import io.waybill.gateway.config.ConfigException;
import io.waybill.gateway.config.ConfigReader;
import io.waybill.gateway.config.PlanValues;
import io.waybill.gateway.demo.Demo;
import io.waybill.gateway.demo.DemoFiles;
import io.waybill.gateway.demo.FirstCrossing;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Lanes opened by a plan, on two chains of the devnet: once, whatever happens on the way.
@Timeout(240)
class LaneOpenIT {
    /// Two councils, two Outboxes, two Inboxes, two clients; then two ends of two lanes.
    private static final int CREATIONS = 8;
    private static final int BINDINGS = 4;
    private static final ChainId EVM = new ChainId("eip155:1337");
    private static final ChainId LEDGER = new ChainId("fisco:chain0-group0");

    private static Vertx vertx;
    private static Demo demo;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        demo = Demo.start(vertx, Demo.Options.EPHEMERAL);
    }

    @AfterAll
    static void stop() {
        demo.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static int command(String... words) {
        return WaybillCommand.run(words);
    }

    private PlanFile plan(String name) throws IOException {
        return new PlanFile(folder.resolve(name), name, demo);
    }

    private static LaneSetup setup(PlanFile file, Path state, CutOffHost.Counted counted) {
        var planned = PlannedSetup.connect(vertx, file.plan(), host -> new CutOffHost(host, counted));
        var book = FileLogbook.open(state, PlanValues.of(file.plan()));
        return new LaneSetup(planned.sides(), planned.lanes(), book, _ -> {});
    }

    @Test
    void opensLanesByCommandProbesThemAndAMemberServesThem() throws IOException {
        var file = plan("command");
        var data = folder.resolve("data");
        String[] open = {"lane", "open", "--plan", file.file().toString(), "--folder", data.toString()};
        String[] probe = {"lane", "probe", "--plan", file.file().toString(), "--folder", data.toString()};
        assertThat(command(probe)).as("there is nothing to probe").isEqualTo(WaybillCommand.WRONG);

        assertThat(command(open)).isEqualTo(WaybillCommand.OK);
        var state = Files.readString(data.resolve("lane-setup.json"));
        assertThat(command(probe)).isEqualTo(WaybillCommand.OK);
        assertThat(command(open)).isEqualTo(WaybillCommand.OK);
        assertThat(Files.readString(data.resolve("lane-setup.json")))
                .as("a second run does nothing")
                .isEqualTo(state);

        var said = new StringWriter();
        var files = new DemoFiles(folder.resolve("bundles"));
        try (var member = RunningMember.start(ConfigReader.read(data.resolve("waybill.yaml")))) {
            var api = URI.create("http://127.0.0.1:" + member.apiPort());
            boolean crossed = new FirstCrossing(api, files, new PrintWriter(said, true)).run();
            assertThat(crossed).as(said.toString()).isTrue();
        }
    }

    @Test
    void leavesTheCouncilAboveAllAndTheDeployerWithoutARole() throws IOException {
        var file = plan("roles");
        var setup = setup(file, folder.resolve("state.json"), new CutOffHost.Counted(-1, true));
        var opened = setup.open();
        assertThat(bindings(LaneProbe.probe(opened, lanes(file))))
                .as("with the role it is the rule that refuses")
                .containsOnly("LaneAlreadyOpen", "ClientOfAnotherChain");
        setup.renounce(opened);

        for (var site : opened.sites()) {
            var host = site.host();
            var seated = CouncilCalls.decodeMembers(host.call(site.council(), CouncilCalls.members()));
            assertThat(seated)
                    .containsExactlyElementsOf(Stream.of(0, 1, 2)
                            .map(i -> KeyPair.named("council-" + i).address())
                            .sorted()
                            .toList());
            for (var contract : List.of(site.outbox(), site.inbox())) {
                assertThat(LaneCalls.decodeFlag(host.call(contract, LaneRoles.has(Role.ADMIN, site.council()))))
                        .isTrue();
                var pauser = KeyPair.named("pauser").address();
                assertThat(LaneCalls.decodeFlag(host.call(contract, LaneRoles.has(Role.PAUSER, pauser))))
                        .isTrue();
                for (var role : Role.values()) {
                    assertThat(LaneCalls.decodeFlag(host.call(contract, LaneRoles.has(role, host.owner()))))
                            .as("%s of the deployer", role)
                            .isFalse();
                }
            }
        }
        var findings = LaneProbe.probe(opened, lanes(file));
        assertThat(findings)
                .allMatch(LaneProbe.Finding::right)
                .extracting(LaneProbe.Finding::test)
                .contains("NT-02", "NT-04", "NT-31");
        assertThat(bindings(findings)).containsOnly("AccessControlUnauthorizedAccount");
    }

    private static Set<String> bindings(List<LaneProbe.Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.test().equals("NT-31"))
                .map(LaneProbe.Finding::found)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<LaneWanted> lanes(PlanFile file) {
        return PlannedSetup.connect(vertx, file.plan()).lanes();
    }

    @TestFactory
    Stream<DynamicTest> goesOnAfterBeingKilledAtAnyTransaction() {
        return Stream.of(true, false)
                .flatMap(taken -> Stream.iterate(0, at -> at < CREATIONS + BINDINGS, at -> at + 1)
                        .map(at -> DynamicTest.dynamicTest(
                                "%s transaction %d".formatted(taken ? "after" : "before", at),
                                () -> killed(at, taken))));
    }

    private void killed(int at, boolean taken) throws IOException {
        var name = "killed-%d-%s".formatted(at, taken);
        var file = plan(name);
        var state = folder.resolve(name + ".json");
        var first = new CutOffHost.Counted(at, taken);
        assertThatThrownBy(() -> setup(file, state, first).open()).isInstanceOf(CutOffHost.Killed.class);

        var second = new CutOffHost.Counted(-1, true);
        var opened = setup(file, state, second).open();

        var handedIn = Stream.concat(first.creations().stream(), second.creations().stream())
                .distinct();
        assertThat(handedIn).as("no contract was created twice").hasSize(CREATIONS);
        assertThat(opened.lanes()).hasSize(2);

        var third = new CutOffHost.Counted(-1, true);
        var again = setup(file, state, third).open();
        assertThat(third.transactions()).isZero();
        assertThat(again.lanes()).isEqualTo(opened.lanes());
        assertThat(again.clients().stream().map(client -> client.ref()).toList())
                .isEqualTo(opened.clients().stream().map(client -> client.ref()).toList());
    }

    @Test
    void opensLanesToALedgerOfNationalCrypto() throws IOException {
        var options = new LedgerDevnet.Options("chain0", "group0", 4, 0).with(FiscoSuite.SM);
        var nowhere = Collections.nCopies(3, URI.create("http://127.0.0.1:1"));
        try (var ledger = LedgerDevnet.start(vertx, options, InstantSource.system())) {
            var file = new PlanFile(folder.resolve("sm"), "sm", demo.evm().rpc(), ledger.rpc(), "sm", nowhere);
            var opened = setup(file, folder.resolve("sm.json"), new CutOffHost.Counted(-1, true))
                    .open();
            assertThat(opened.client(LEDGER, EVM).anchor().kind()).isEqualTo(ClientKind.FISCO_SM);
            assertThat(LaneProbe.probe(opened, lanes(file))).allMatch(LaneProbe.Finding::right);
        }
    }

    @Test
    void takesAttestationsOfEasFromAnEvmAlone() throws IOException {
        var file = plan("eas");
        file.change(
                "eas: []",
                "eas: [{lane: ledger-to-evm, contract: \"0x%1$040d\", schemas: [\"0x%1$064d\"], attesters: [\"0x%1$040d\"]}]"
                        .formatted(7));
        assertThatThrownBy(() -> setup(file, folder.resolve("eas.json"), new CutOffHost.Counted(-1, true))
                        .open())
                .isInstanceOf(ChainException.Refused.class)
                .hasMessageContaining("EAS of lane ledger-to-evm: expected a source that is an EVM");
    }

    @Test
    void refusesAPlanThatChangedAndSaysWhere() throws IOException {
        var file = plan("changed");
        var state = folder.resolve("changed.json");
        assertThatThrownBy(() ->
                        setup(file, state, new CutOffHost.Counted(1, true)).open())
                .isInstanceOf(CutOffHost.Killed.class);
        file.change("window: 100", "window: 200");

        assertThatThrownBy(() -> setup(file, state, new CutOffHost.Counted(-1, true)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("lanes[0].window = 100, and the plan says 200");
    }

    @Test
    void refusesAnAnchorOfAnotherHash() throws IOException {
        var file = plan("pinned");
        file.change("anchor: {kind: latest}", "anchor: {kind: pinned, height: 1, hash: \"0x%064x\"}".formatted(7));
        assertThatThrownBy(() -> setup(file, folder.resolve("pinned.json"), new CutOffHost.Counted(-1, true))
                        .open())
                .isInstanceOf(ChainException.Refused.class)
                .hasMessageContaining(
                        "expected the hash 0x00000000000000000000000000000000000000000000000000000000000000");
    }

    @Test
    void saysWhoMayLetItOpenLanesAtContractsOfOthers() throws IOException {
        var theirs = setup(plan("theirs"), folder.resolve("theirs.json"), new CutOffHost.Counted(-1, true))
                .open();
        var file = plan("ours");
        var site = theirs.site(EVM);
        var text = Files.readString(file.file());
        Files.writeString(
                file.file(),
                text.replaceFirst(
                        "contracts: \\{kind: create}",
                        "contracts: {kind: use, outbox: \"%s\", inbox: \"%s\"}"
                                .formatted(site.outbox(), site.inbox())));

        assertThatThrownBy(() -> setup(file, folder.resolve("ours.json"), new CutOffHost.Counted(-1, true))
                        .open())
                .isInstanceOf(ChainException.Refused.class)
                .hasMessageContaining("role OPENER");
    }

    /// A contract that answers everything with zeros takes what the real one refuses, and the probe says so.
    @Test
    void findsAContractThatBelievesEverything() throws IOException {
        var file = plan("gullible");
        var opened = setup(file, folder.resolve("gullible.json"), new CutOffHost.Counted(-1, true))
                .open();
        var host = opened.site(LEDGER).host();
        // Creation: copy 6 octets of code and return them. Code: return 256 octets of zero.
        var gullible = host.created(host.sign(Bytes.hex("600680600b6000396000f3" + "6101006000f3")))
                .orElseThrow();
        var site = opened.site(LEDGER);
        var sites = List.of(opened.site(EVM), new Site(host, site.council(), site.outbox(), gullible));

        var findings = LaneProbe.probe(new Opened(sites, opened.clients(), opened.lanes(), List.of()), lanes(file));

        var wrong = findings.stream().filter(finding -> !finding.right()).toList();
        assertThat(wrong)
                .allMatch(finding ->
                        finding.found().equals("accepted") && finding.chain().equals(LEDGER));
        assertThat(wrong.stream().map(LaneProbe.Finding::test)).containsAll(Set.of("NT-02", "NT-04", "NT-31"));
        assertThat(wrong).allMatch(finding -> finding.what().startsWith("evm-to-ledger, Inbox"));
    }
}
