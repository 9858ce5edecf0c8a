package io.waybill.core.port;

/// The world failed: a chain did not do what was asked. The type says who acts.
public abstract sealed class ChainException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ChainException(String message, Throwable cause) {
        super(message, cause);
    }

    private ChainException(String message) {
        super(message);
    }

    /// No answer, or none that can be read, within the deadline: try again later.
    public static final class Unavailable extends ChainException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }

        public Unavailable(String message) {
            super(message);
        }
    }

    /// The chain or a contract said no: repeating the same call will not help; a person should look.
    public static final class Refused extends ChainException {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message);
        }
    }

    /// A node's answer contradicts its own header or a proof: ask another node, and tell a person.
    public static final class Dishonest extends ChainException {
        private static final long serialVersionUID = 1L;

        public Dishonest(String message) {
            super(message);
        }
    }
}
