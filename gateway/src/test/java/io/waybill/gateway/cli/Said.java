package io.waybill.gateway.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/// What a command line said.
///
/// @param exit its exit code
/// @param out  standard output
/// @param err  standard error
record Said(int exit, String out, String err) {
    static Said by(Object... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var words = new String[args.length];
        for (int i = 0; i < args.length; i++) words[i] = args[i].toString();
        int exit = WaybillCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
        return new Said(exit, out.toString(), err.toString());
    }
}
