package io.waybill.gateway.setup;

import io.waybill.core.Address;
import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import io.waybill.core.port.ChainException;
import io.waybill.core.port.SignedTx;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a setup has done and is about to do, so that one that was cut off anywhere can go on: what was chosen is
/// chosen once, and a creation is written down, signed, before it is handed in. So no contract is created twice.
public abstract class Logbook {
    /// One thing that was chosen, or created, or is being created.
    ///
    /// @param what   digest of the creation code; null for what was chosen
    /// @param value  what was chosen, or the contract's address; null while the creation is under way
    /// @param signed the creation that was or will be handed in; null for what was chosen
    protected record Entry(
            @Nullable Bytes32 what,
            @Nullable String value,
            @Nullable SignedTx signed) {}

    private final Map<String, Entry> entries;

    /// @param entries what was written down before, by name
    protected Logbook(Map<String, Entry> entries) {
        this.entries = new HashMap<>(entries);
    }

    /// Writes an entry down; it must be on the disk when this returns.
    protected abstract void write(String name, Entry entry);

    /// A logbook that ends with the process.
    public static Logbook inMemory() {
        return new Logbook(Map.of()) {
            @Override
            protected void write(String name, Entry entry) {
                // The map of the class has it.
            }
        };
    }

    /// Whether what has a name was chosen or created.
    boolean has(String name) {
        var entry = entries.get(name);
        return entry != null && entry.value() != null;
    }

    /// What was chosen under a name; chosen now if it was not.
    String chosen(String name, Supplier<String> choice) {
        var entry = entries.get(name);
        if (entry != null && entry.value() != null) return entry.value();
        var value = choice.get();
        put(name, new Entry(null, value, null));
        return value;
    }

    /// The contract that was created under a name; created now if it was not.
    ///
    /// @throws ChainException.Refused if another contract was begun under this name
    Address created(String name, ContractHost host, Bytes creationCode) {
        var what = Digests.sha256(creationCode);
        var entry = entries.get(name);
        if (entry != null && !what.equals(entry.what())) {
            throw new ChainException.Refused(
                    "%s: expected what the state file says was begun, found other parameters or another release; restore them, or begin anew with another --state"
                            .formatted(name));
        }
        if (entry != null && entry.value() != null) return known(host, Address.hex(entry.value()));
        var signed = entry == null ? null : entry.signed();
        while (true) {
            if (signed == null) {
                signed = host.sign(creationCode);
                put(name, new Entry(what, null, signed));
            }
            Optional<Address> created = host.created(signed);
            if (created.isPresent()) {
                put(name, new Entry(what, created.get().toHex(), signed));
                return created.get();
            }
            signed = null;
        }
    }

    private static Address known(ContractHost host, Address contract) {
        host.know(contract);
        return contract;
    }

    private void put(String name, Entry entry) {
        entries.put(name, entry);
        write(name, entry);
    }
}
