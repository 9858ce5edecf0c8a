/// The HTTP API. Requests enter through routes that are bound, by operation id, to the OpenAPI document served at
/// `/openapi.yaml`; answers leave as JSON, and every error as `application/problem+json` (RFC 9457) with a type from
/// a closed list. Routes stay on the event loop; whatever waits for the store or a chain runs on a virtual thread.
@NullMarked
package io.waybill.gateway.http;

import org.jspecify.annotations.NullMarked;
