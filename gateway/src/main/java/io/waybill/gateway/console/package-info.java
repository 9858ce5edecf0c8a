/// The console: one page of plain HTML, CSS and JavaScript, served from resources, that shows what the API says. It
/// knows nothing that the API does not tell everyone.
@NullMarked
package io.waybill.gateway.console;

import org.jspecify.annotations.NullMarked;
