package api.notice;

import java.time.Instant;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import replication.notice.Delivery;

/**
 * How far a notice has come.
 *
 * @param noticeId the receiver's {@code webhook-id}
 * @param time when it happened
 * @param state waiting, delivered or dead
 * @param attempts begun so far
 * @param nextTime of the next attempt; null if there is none
 * @param error why the last attempt failed
 * @param endTime when it was delivered or given up
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record DeliveryView(long id, String noticeId, String event, long policyId, long executionId, Instant time, String state,
        int attempts, @Nullable Instant nextTime, String error, @Nullable Instant endTime) {

    static DeliveryView of(Delivery delivery) {
        return new DeliveryView(delivery.id(), delivery.notice().id(), delivery.notice().event().id(),
                delivery.notice().policyId(), delivery.notice().executionId(), delivery.notice().time(),
                delivery.state().id(), delivery.attempts(),
                (delivery.state() == Delivery.State.WAITING) ? delivery.due() : null, delivery.error(),
                delivery.endTime());
    }

}
