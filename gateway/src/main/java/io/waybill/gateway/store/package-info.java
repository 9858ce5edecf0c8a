/// What the API promised, kept in PostgreSQL: accepted requests, idempotency keys, and how far each attestation has
/// come. New attestations and observations of the chains enter; rows, pages and changes leave. The rows are a view:
/// where they and the chains differ, the chains are right.
@NullMarked
package io.waybill.gateway.store;

import org.jspecify.annotations.NullMarked;
