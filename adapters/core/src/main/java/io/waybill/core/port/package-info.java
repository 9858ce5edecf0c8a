/// What a relayer and a gateway ask of a chain. Adapters implement these ports; nobody here knows which chain it
/// is. Calls block and end by their deadline; callers are virtual threads.
@NullMarked
package io.waybill.core.port;

import org.jspecify.annotations.NullMarked;
