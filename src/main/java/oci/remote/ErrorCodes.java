package oci.remote;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import oci.message.Call;
import oci.message.ErrorBody;
import oci.message.Rejection;
import oci.model.Reason;
import oci.model.RegistryFailure;

/**
 * What an API's error codes mean where its HTTP statuses do not tell. A code that is
 * named here stands also for those that go on after a dot: {@code AuthFailure} for
 * {@code AuthFailure.SecretIdNotFound}. Where several are named, the first group decides.
 *
 * @param forbidden the credential is wrong or not allowed to do this
 * @param unknown what was asked for is not there
 * @param limited too many requests
 * @param passing the API's own trouble
 */
public record ErrorCodes(List<String> forbidden, List<String> unknown, List<String> limited, List<String> passing) {

    /** The HTTP status tells. */
    public static final ErrorCodes NONE = new ErrorCodes(List.of(), List.of(), List.of(), List.of());

    /** What an answer that is no success means. */
    RegistryFailure failure(Rejection rejection) {
        if (says(rejection, this.forbidden)) {
            return new RegistryFailure.Unauthorized(new Reason(rejection.message()));
        }
        if (says(rejection, this.unknown)) {
            return new RegistryFailure.NotFound(rejection.message());
        }
        if (says(rejection, this.limited)) {
            return new RegistryFailure.RateLimited(rejection.message(), rejection.retryAfter().orElse(Duration.ZERO));
        }
        return says(rejection, this.passing) ? rejection.passing() : rejection.failure();
    }

    /** What an answer of a success means that holds an error. */
    RegistryFailure failure(Call call, int status, ErrorBody error) {
        return failure(new Rejection(call, status, false, error, Optional.empty(), List.of()));
    }

    private static boolean says(Rejection rejection, List<String> group) {
        return rejection.error()
            .codes()
            .stream()
            .anyMatch((code) -> group.stream().anyMatch((each) -> code.equals(each) || code.startsWith(each + ".")));
    }

}
