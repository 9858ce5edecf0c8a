package io.waybill.evm.verify;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.client.committee.AttestedBlock;
import io.waybill.core.port.ClientRef;
import io.waybill.core.port.Signer;
import java.util.Optional;

/// One member of a committee: it signs what it judged, and nothing else.
public final class Verifier {
    private final BlockSource blocks;
    private final Signer signer;

    /// @param signer secp256k1; its account is the member
    public Verifier(BlockSource blocks, Signer signer) {
        this.blocks = blocks;
        this.signer = signer;
    }

    /// A block with this member's signature over it, for one client.
    ///
    /// @param signature 65 octets `r || s || v`
    public record Attested(AttestedBlock block, Bytes signature) {}

    public Address address() {
        return signer.address();
    }

    /// Comes along with the chain, so that what it believes does not grow old.
    ///
    /// @throws io.waybill.core.port.ChainException if the node does not answer, or its proof does not hold
    public void follow() {
        blocks.follow();
    }

    /// Judges a block and signs it for a client.
    ///
    /// @return nothing while the block is not final
    public Optional<Attested> attest(long height, ClientRef client) {
        return blocks.block(height).map(block -> new Attested(block, signer.sign(block.digest(client))));
    }
}
