package replication.notice;

import java.time.Instant;

/**
 * An event of an execution, as subscribers are told of it.
 *
 * @param id the same at each attempt to send it
 * @param data the execution as it stood at that time, a JSON object with the API's names
 */
public record Notice(String id, Event event, long policyId, long executionId, Instant time, String data) {
}
