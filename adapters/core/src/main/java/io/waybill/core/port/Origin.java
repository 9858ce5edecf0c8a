package io.waybill.core.port;

/// A place on a chain where people attest without us, and from where a lane takes what they attest.
public interface Origin {
    /// Looks further along the chain, and sends on the lane what is missing there. It keeps no cursor: what was
    /// sent, the chain knows.
    ///
    /// @return whether there may be more to look at
    /// @throws ChainException if the chain does not answer or refuses; another call goes on
    boolean take();
}
