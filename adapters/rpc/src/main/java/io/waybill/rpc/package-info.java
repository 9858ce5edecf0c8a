/// JSON-RPC over HTTP, the one way in and out to a node: deadlines, bounds of answers and typed failures live here
/// and nowhere else. A method and its parameters enter; a result that can be read strictly leaves, or the reason
/// why there is none.
@NullMarked
package io.waybill.rpc;

import org.jspecify.annotations.NullMarked;
