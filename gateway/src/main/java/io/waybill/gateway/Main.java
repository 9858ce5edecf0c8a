package io.waybill.gateway;

import io.waybill.gateway.cli.WaybillCommand;

/// Where the JVM starts: everything it can do is a command.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(WaybillCommand.run(args));
    }
}
