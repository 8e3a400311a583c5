package api;

import org.jspecify.annotations.Nullable;

/** Asks for a policy to be executed. */
record ExecutionRequest(@Nullable Long policyId) {
}
