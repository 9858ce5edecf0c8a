package io.waybill.gateway.cli;

import io.waybill.core.client.ClientKind;
import io.waybill.core.proof.fisco.FiscoSuite;
import io.waybill.rpc.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Compares the receipts of a block with the root its header commits to.
@Command(
        name = "verify",
        description = "Rebuilds the receipts root of a block from its receipts, and says whether it is the header's.",
        footer = {
            "",
            "What the files hold, by kind; each bare, or within the answer it came in:",
            "  qbft, ibft2, ethereum   eth_getBlockByNumber, eth_getBlockReceipts",
            "  fisco, fisco_sm         getBlockByNumber, an array of getTransactionReceipt in the block's order",
            "  fisco2, fisco2_sm       getBlockByNumber or getBlockHeaderByNumber, an array of getTransactionReceipt",
            "  conflux                 cfx_getBlockByEpochNumber of the epoch FIVE ABOVE that of the receipts, for a header",
            "                          commits to what was executed five epochs before; with baseFeePerGas of the same",
            "                          block in eSpace beside it as espaceBaseFee, or its octets as rlp, if its hash is",
            "                          to be computed; cfx_getEpochReceipts(epoch, true)",
            "",
            "The header's own hash is computed from its fields and compared with the one it states.",
            "Exits 0 if the roots are equal, 1 if they are not, 2 if a file cannot be used."
        },
        mixinStandardHelpOptions = true)
final class ReceiptVerifyCommand implements Callable<Integer> {
    @Option(names = "--kind", required = true, description = "The chain's rules: ${COMPLETION-CANDIDATES}.")
    private Kind kind = Kind.QBFT;

    @Option(names = "--header", required = true, paramLabel = "HEADER.json", description = "The block or its header.")
    private Path header = Path.of("");

    @Option(names = "--receipts", required = true, paramLabel = "RECEIPTS.json", description = "All its receipts.")
    private Path receipts = Path.of("");

    @Option(names = "--json", description = "Print the comparison as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// Whose rules.
    enum Kind {
        QBFT,
        IBFT2,
        ETHEREUM,
        FISCO,
        FISCO_SM,
        FISCO2,
        FISCO2_SM,
        CONFLUX;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() {
        var root = Recorded.reading(() -> rebuild(Recorded.read(header), Recorded.read(receipts)));
        var out = spec.commandLine().getOut();
        if (json) out.println(tree(root));
        else print(out, root);
        out.flush();
        return root.equal() ? WaybillCommand.OK : WaybillCommand.REFUSED;
    }

    private RebuiltRoot rebuild(Json block, Json list) {
        return switch (kind) {
            case QBFT -> BlockReceipts.bft(ClientKind.QBFT, block, list);
            case IBFT2 -> BlockReceipts.bft(ClientKind.IBFT2, block, list);
            case ETHEREUM -> BlockReceipts.ethereum(block, list);
            case FISCO -> BlockReceipts.fisco(FiscoSuite.STANDARD, block, list);
            case FISCO_SM -> BlockReceipts.fisco(FiscoSuite.SM, block, list);
            case FISCO2 -> BlockReceipts.fisco2(FiscoSuite.STANDARD, block, list);
            case FISCO2_SM -> BlockReceipts.fisco2(FiscoSuite.SM, block, list);
            case CONFLUX -> ConfluxReceipts.of(block, list);
        };
    }

    private static void print(PrintWriter out, RebuiltRoot root) {
        out.printf("%-9s %s%n", root.name(), root.number());
        out.printf("%-9s %s%n", "hash", hash(root));
        out.printf("%-9s %d%n", "receipts", root.receipts());
        out.printf("%-9s %s%n", "header", root.stated());
        out.printf("%-9s %s%n", "rebuilt", root.rebuilt());
        out.println(verdict(root));
    }

    private static String hash(RebuiltRoot root) {
        if (root.hash() == null) return "not computed: the file does not hold all that is hashed";
        if (root.statedHash() == null) return root.hash() + ", computed; none is stated";
        return root.hashDiffers()
                ? "%s, computed; %s is stated".formatted(root.hash(), root.statedHash())
                : root.hash() + ", computed, and as stated";
    }

    private static String verdict(RebuiltRoot root) {
        if (root.equal()) return "equal: the receipts are the %s's.".formatted(root.name());
        if (!root.stated().equals(root.rebuilt())) {
            return "NOT EQUAL: these are not the receipts of this %s.".formatted(root.name());
        }
        return "NOT EQUAL: the roots are, but the header's fields do not hash to the hash it states.";
    }

    private String tree(RebuiltRoot root) {
        var tree = Json.MAPPER.createObjectNode().put("kind", kind.toString()).put(root.name(), root.number());
        tree.put("hash", root.hash() == null ? null : root.hash().toHex());
        tree.put(
                "statedHash",
                root.statedHash() == null ? null : root.statedHash().toHex());
        return tree.put("receipts", root.receipts())
                .put("header", root.stated().toHex())
                .put("rebuilt", root.rebuilt().toHex())
                .put("equal", root.equal())
                .toString();
    }
}
