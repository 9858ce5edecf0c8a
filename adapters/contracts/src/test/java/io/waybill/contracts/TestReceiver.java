package io.waybill.contracts;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;

/// The contract `Receiver` of `src/test/solidity` on an EVM of a test.
record TestReceiver(TestEvm evm, Address address) {
    static final Artifact ARTIFACT = Artifacts.read("Receiver");

    /// What it does when it is told, by the number that the contract knows it by.
    enum Manner {
        ACCEPT(0),
        ANSWER_OTHERWISE(1),
        ANSWER_NOTHING(2),
        REFUSE(3),
        REFUSE_AT_LENGTH(4),
        ANSWER_AT_LENGTH(5),
        BURN_GAS(6),
        CALL_BACK(7);

        private final int number;

        Manner(int number) {
            this.number = number;
        }
    }

    static TestReceiver deploy(TestEvm evm) {
        return new TestReceiver(evm, evm.deploy(ARTIFACT.creationCode()));
    }

    void behave(Manner manner) {
        behave(manner, Address.ZERO, Bytes.EMPTY);
    }

    void callBack(Address target, Bytes call) {
        behave(Manner.CALL_BACK, target, call);
    }

    private void behave(Manner manner, Address target, Bytes call) {
        evm.transact(
                address, Abi.call("behave(uint8,address,bytes)", Abi.of(manner.number), Abi.of(target), Abi.of(call)));
    }

    /// Calldata by which it calls another contract.
    static Bytes act(Address other, Bytes call) {
        return Abi.call("act(address,bytes)", Abi.of(other), Abi.of(call));
    }

    long count() {
        return new AbiWords(get("count()")).number(0);
    }

    Bytes32 receiveId() {
        return new AbiWords(get("receiveId()")).word(0);
    }

    Bytes sender() {
        return new AbiWords(get("sender()")).bytes(0);
    }

    Bytes payload() {
        return new AbiWords(get("payload()")).bytes(0);
    }

    /// What came back from calling back.
    ContractErrors back() {
        return ContractErrors.decode(new AbiWords(get("back()")).bytes(0));
    }

    private Bytes get(String name) {
        return evm.call(address, Abi.call(name));
    }
}
