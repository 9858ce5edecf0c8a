/// One YAML file, one tree of records, read once at the start. A file enters; a configuration in which every value has
/// been
/// judged leaves, or one error that says where the file is wrong, what was expected and what was found.
@NullMarked
package io.waybill.gateway.config;

import org.jspecify.annotations.NullMarked;
