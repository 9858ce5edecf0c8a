package io.waybill.devnet.conflux;

import io.waybill.core.Bytes;
import io.waybill.core.digest.Digests;
import io.waybill.core.digest.KeyPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The files that a node of a devnet begins with.
///
/// @param genesis of the network's PoS chain
/// @param ports   of every node of the network
/// @param index   of this node among them
record NodeFiles(PosGenesis genesis, ConfluxDevnet.Options options, List<Ports> ports, int index) {
    /// Where a node listens, on loopback.
    ///
    /// @param p2p    for other nodes
    /// @param core   JSON-RPC of the Core space, and of PoS
    /// @param eSpace JSON-RPC of the eSpace
    record Ports(int p2p, int core, int eSpace) {}

    private static KeyPair networkKey(int index) {
        return KeyPair.named("conflux node " + index);
    }

    /// Writes everything into a folder that is empty or was written before.
    void write(Path folder) throws IOException {
        var validator = genesis.validators().get(index);
        var pos = Files.createDirectories(folder.resolve("pos_config"));
        Files.createDirectories(folder.resolve("pos_db"));
        write(pos.resolve("pos_key"), validator.keyFile());
        write(pos.resolve("genesis_file"), genesis.genesisFile());
        Files.writeString(pos.resolve("initial_nodes.json"), genesis.initialNodes());
        Files.writeString(pos.resolve("pos_config.yaml"), posConfig(folder));
        Files.writeString(folder.resolve("genesis_secrets.txt"), secrets());
        Files.writeString(folder.resolve("genesis_evm_secrets.txt"), secrets());
        Files.writeString(folder.resolve("conflux.toml"), config(folder));
    }

    private static void write(Path file, Bytes octets) throws IOException {
        Files.write(file, octets.toArray());
    }

    private String secrets() {
        return options.funded().stream()
                .map(secret -> secret.toHex().substring(2) + "\n")
                .collect(Collectors.joining());
    }

    private String posConfig(Path folder) {
        return """
                base:
                  data_dir: %1$s/pos_db
                  role: validator
                  waypoint:
                    from_config: %2$s
                consensus:
                  round_initial_timeout_ms: %3$d
                  safety_rules:
                    service:
                      type: local
                storage:
                  dir: %1$s/pos_db/db
                execution:
                  genesis_file_location: %1$s/pos_config/genesis_file
                logger:
                  file: %1$s/pos.log
                  level: ERROR
                mempool:
                  shared_mempool_tick_interval_ms: 200
                """.formatted(folder, genesis.waypoint(), options.round().toMillis());
    }

    private String config(Path folder) {
        var own = ports.get(index);
        var others = IntStream.range(0, ports.size())
                .filter(other -> other != index)
                .mapToObj(other -> "cfxnode://%s@127.0.0.1:%d"
                        .formatted(
                                networkKey(other).publicKey().toHex().substring(2),
                                ports.get(other).p2p()))
                .collect(Collectors.joining(","));
        var blocks = options.blocks().isZero() || index != 0
                ? ""
                : "dev_block_interval_ms = %d%n".formatted(options.blocks().toMillis());
        var together = ports.size() == 1
                ? "dev_allow_phase_change_without_peer = true"
                : "min_phase_change_normal_peer_count = 1\ncheck_phase_change_period_ms = 200";
        return """
                mode = "dev"
                node_type = "full"
                chain_id = %2$d
                evm_chain_id = %3$d
                block_db_type = "rocksdb"
                conflux_data_dir = "%1$s/blockchain_data"
                block_db_dir = "%1$s/blockchain_data/blockchain_db"
                netconf_dir = "%1$s/blockchain_data/net_config"
                tcp_port = %4$d
                udp_port = %4$d
                public_address = "127.0.0.1:%4$d"
                enable_discovery = false
                mining_type = "disable"
                mining_author = "0x10ab39e0b6dd0e0c0e9a5ad2f9d0e3e3c4b9dcd1"
                jsonrpc_http_port = %5$d
                jsonrpc_http_eth_port = %6$d
                public_rpc_apis = "all"
                public_evm_rpc_apis = "all"
                genesis_secrets = "%1$s/genesis_secrets.txt"
                genesis_evm_secrets = "%1$s/genesis_evm_secrets.txt"
                persist_tx_index = true
                persist_block_number_index = true
                pos_config_path = "%1$s/pos_config/pos_config.yaml"
                pos_initial_nodes_path = "%1$s/pos_config/initial_nodes.json"
                pos_private_key_path = "%1$s/pos_config/pos_key"
                pos_reference_enable_height = 0
                pos_round_per_term = %7$d
                pos_pivot_decision_defer_epoch_count = 20
                cip113_pivot_decision_defer_epoch_count = 20
                vrf_proposal_threshold = "0x%8$s"
                hydra_transition_number = 1
                hydra_transition_height = 1
                cip43_init_end_number = 4294967295
                default_transition_time = 1
                cip1559_transition_height = 1
                cip112_transition_height = 1
                evm_transaction_block_ratio = 1
                storage_delta_mpts_cache_size = 200000
                storage_delta_mpts_cache_start_size = 200000
                storage_delta_mpts_slab_idle_size = 2000000
                rocksdb_cache_size = 32
                ledger_cache_size = 256
                log_level = "error"
                log_file = "%1$s/conflux.log"
                net_key = "%9$s"
                bootnodes = "%10$s"
                session_ip_limits = "0,0,0,0"
                subnet_quota = 0
                %11$s
                %12$s""".formatted(
                        folder,
                        options.coreId(),
                        options.eSpaceId(),
                        own.p2p(),
                        own.core(),
                        own.eSpace(),
                        options.roundsPerTerm(),
                        "ff".repeat(32),
                        networkKeySecret(),
                        others,
                        together,
                        blocks);
    }

    /// The secret of the key that other nodes know this one by.
    private String networkKeySecret() {
        return Digests.sha256(Bytes.utf8("waybill/devnet-key/conflux node " + index))
                .toHex();
    }
}
