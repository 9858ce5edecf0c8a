package io.waybill.core.proof.fisco;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.port.Signer;

/// A native transaction (type 0, version 0) of FISCO BCOS 3.x. It carries no value, no gas price and no account
/// nonce.
///
/// @param blockLimit the height from which on the node refuses it
/// @param nonce      any octets, by custom a random decimal number; unique on the chain within the block limit
/// @param to         `0x` and 40 digits, or empty for a contract creation
/// @param input      calldata, or creation code
/// @param abi        the contract's interface, by custom only of a creation; empty here
public record FiscoTransaction(
        String chainId, String groupId, long blockLimit, Bytes nonce, String to, Bytes input, String abi) {

    /// A call of a contract.
    ///
    /// @param nonce a random decimal number
    public static FiscoTransaction call(
            String chainId, String groupId, long blockLimit, String nonce, String to, Bytes input) {
        return new FiscoTransaction(chainId, groupId, blockLimit, Bytes.utf8(nonce), to, input, "");
    }

    /// The creation of a contract.
    ///
    /// @param nonce a random decimal number
    public static FiscoTransaction creation(
            String chainId, String groupId, long blockLimit, String nonce, Bytes initCode) {
        return call(chainId, groupId, blockLimit, nonce, "", initCode);
    }

    /// The octets that are hashed and signed. They have no length prefixes: the hash does not say where a field ends.
    public Bytes preimage() {
        return Bytes.concat(
                Bytes.u32(0),
                Bytes.utf8(chainId),
                Bytes.utf8(groupId),
                Bytes.u64(blockLimit),
                nonce,
                Bytes.utf8(to),
                input,
                Bytes.utf8(abi));
    }

    public Bytes32 hash(FiscoSuite suite) {
        return suite.hash(preimage());
    }

    /// Signs with a secp256k1 key, as chains of [FiscoSuite#STANDARD] want it.
    public SignedFiscoTransaction sign(Signer signer) {
        return sign(FiscoSuite.STANDARD, signer);
    }

    /// Signs as chains of a suite want it.
    ///
    /// @param signer of secp256k1 for [FiscoSuite#STANDARD], of SM2 for [FiscoSuite#SM]
    public SignedFiscoTransaction sign(FiscoSuite suite, Signer signer) {
        return new SignedFiscoTransaction(this, signer.sign(hash(suite)));
    }
}
