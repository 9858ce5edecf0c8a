package io.waybill.relayer.lease;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The books of leases. Every call ends within its deadline; where the books cannot be reached or no majority is
/// there, the answer is "not granted", and the caller asks again later.
public interface Leases extends AutoCloseable {
    /// This member, as owner of leases: `name/run`.
    String owner();

    /// Takes a lease that is free or has ended, or renews one that this member holds.
    Optional<Lease> acquire(String name);

    /// Gives a lease back, so that another member need not wait for its end. A lease that was lost meanwhile stays
    /// with its holder.
    void release(Lease lease);

    /// The books' present entries for the names given; names never leased are absent.
    Map<String, Grant> grants(Set<String> names);

    /// Says that this member is here and takes part, until one term from now.
    void announce();

    /// The owners that announced themselves within the last term, this one included, in ascending order.
    List<String> present();

    /// Withdraws this member's announcement and gives up what it takes to reach the books.
    @Override
    void close();
}
