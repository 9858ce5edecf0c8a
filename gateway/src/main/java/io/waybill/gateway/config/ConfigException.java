package io.waybill.gateway.config;

/// A configuration file that cannot be used; the message is for the person who wrote it.
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }
}
