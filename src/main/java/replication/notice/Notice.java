package replication.notice;

import java.time.Instant;

/**
 * What is told.
 *
 * @param id the same however often it is sent
 * @param data the execution as it stood at that time, a JSON object with the API's names
 */
public record Notice(String id, Event event, long policyId, long executionId, Instant time, String data) {
}
