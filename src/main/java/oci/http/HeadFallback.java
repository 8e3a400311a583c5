package oci.http;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import oci.message.Call;
import oci.message.Rejection;
import oci.model.HostRecords;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks by HEAD and, where HEAD is refused, by GET: some hosts serve no HEAD, others
 * refuse one request, and only GET has a body that says why. A host that serves no HEAD
 * is remembered for a while.
 *
 * @param trait the trait that answers to HEAD show
 */
public record HeadFallback(HttpCaller caller, HostRecords.Trait trait, StopSignal stop) {

    private static final Logger LOG = LoggerFactory.getLogger(HeadFallback.class);

    /** After these statuses GET would say the same. */
    private static final Set<Integer> PLAIN = Set.of(404, 408, 425, 429);

    /** After these statuses HEAD is refused for every resource. */
    private static final Set<Integer> NO_SUCH_METHOD = Set.of(405, 501);

    /**
     * Asks by HEAD, then by GET.
     * @param get asks the same by GET; its failure is the one that is reported
     * @throws RegistryFailure.NotFound where the resource does not exist
     */
    public <T> T ask(Call head, HttpCaller.Reader<T> reader, Supplier<T> get) {
        if (!this.caller.host().shown(this.trait).orElse(true)) {
            return get.get();
        }
        AtomicInteger refused = new AtomicInteger();
        try {
            T told = this.caller.ask(head.judgedBy((rejection) -> judge(rejection, refused)), this.stop, reader);
            this.caller.host().learn(this.trait, true);
            return told;
        }
        catch (RegistryFailure ex) {
            if (refused.get() == 0) {
                throw ex;
            }
            return instead(head, refused.get(), ex, get);
        }
    }

    private static RegistryFailure judge(Rejection rejection, AtomicInteger refused) {
        if (!PLAIN.contains(rejection.status())) {
            refused.set(rejection.status());
        }
        return (rejection.page() || NO_SUCH_METHOD.contains(rejection.status()))
                ? new RegistryFailure.Unsupported(rejection.message(), false) : rejection.failure();
    }

    private <T> T instead(Call head, int status, RegistryFailure failure, Supplier<T> get) {
        T told = askedByGet(failure, get);
        if (NO_SUCH_METHOD.contains(status)) {
            this.caller.host().learn(this.trait, false);
        }
        else {
            // A single refusal says little about the host.
            this.caller.host().missed(this.trait);
        }
        LOG.debug("{}: HEAD is answered with {}, GET as it should be", head.doing(), status);
        return told;
    }

    /**
     * A failure that may pass stays one, because GET knows no more, and a denied request
     * is not taken for an absent resource.
     */
    private static <T> T askedByGet(RegistryFailure failure, Supplier<T> get) {
        try {
            return get.get();
        }
        catch (RegistryFailure ex) {
            boolean contradicts = failure instanceof RegistryFailure.Unauthorized
                    && ex instanceof RegistryFailure.NotFound;
            throw (failure.passing() || contradicts) ? failure : ex;
        }
    }

}
