package io.waybill.gateway.http;

import java.util.Locale;

/// The closed list of problems the API answers with (RFC 9457).
public enum ProblemType {
    MALFORMED_JSON(400, "The body is not JSON", false),
    INVALID_REQUEST(400, "The request is not as the API describes it", false),
    UNKNOWN_LANE(422, "No such lane", false),
    NOT_FOUND(404, "There is nothing here", false),
    METHOD_NOT_ALLOWED(405, "The method does not apply here", false),
    NOT_YET_PROVEN(409, "The proof does not exist yet", true),
    BODY_TOO_LARGE(413, "The body is too large", false),
    UNSUPPORTED_MEDIA_TYPE(415, "The body has another media type", false),
    TIMEOUT_OUT_OF_RANGE(422, "The timeout is past or too far ahead", false),
    TOKEN_POLICY(422, "The statement carries value or what must not leave", false),
    PACKET_TOO_LARGE(422, "The attestation is too large for its lane", false),
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key was used for another request", false),
    INTERNAL(500, "Something went wrong here", true),
    UNAVAILABLE(503, "Something this needs does not answer", true);

    private final int status;
    private final String title;
    private final boolean retryable;

    ProblemType(int status, String title, boolean retryable) {
        this.status = status;
        this.title = title;
        this.retryable = retryable;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// Whether the same request may succeed later.
    public boolean retryable() {
        return retryable;
    }

    /// The name for programs, such as `token-policy`.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String uri() {
        return "urn:waybill:problem:" + code();
    }
}
