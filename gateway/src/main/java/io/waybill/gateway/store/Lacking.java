package io.waybill.gateway.store;

/// What a packet on its way may still lack.
public enum Lacking {
    OUTCOME,
    ACKNOWLEDGEMENT
}
