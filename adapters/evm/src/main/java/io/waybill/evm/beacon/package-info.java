/// Ethereum's beacon chain as nodes tell of it over REST: answers about light clients and configuration are
/// read strictly, and recorded ones are judged as `client replay` shows it.
@NullMarked
package io.waybill.evm.beacon;

import org.jspecify.annotations.NullMarked;
