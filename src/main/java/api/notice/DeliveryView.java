package api.notice;

import java.time.Instant;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;
import replication.notice.Delivery;

/**
 * The state of a notice to one subscription.
 *
 * @param noticeId the receiver's {@code webhook-id}
 * @param time when the event happened
 * @param state waiting, delivered or dead
 * @param attempts how many have begun
 * @param nextTime when the next attempt is made; null if there is none
 * @param error why the last attempt failed
 * @param endTime when the notice was delivered or given up
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
