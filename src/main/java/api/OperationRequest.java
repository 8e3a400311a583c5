package api;

import org.jspecify.annotations.Nullable;

/** Asks something of an execution. */
record OperationRequest(@Nullable String operation) {
}
