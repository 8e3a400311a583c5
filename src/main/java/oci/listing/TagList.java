package oci.listing;

import java.util.stream.Stream;

import oci.http.RemoteRepository;
import oci.message.Call;
import oci.message.Rejection;
import oci.model.NameGrammar;
import oci.model.RegistryFailure;

/** Lists the tags of a repository. */
public final class TagList {

    private final RemoteRepository repository;

    public TagList(RemoteRepository repository) {
        this.repository = repository;
    }

    public Stream<String> tags() {
        return NamePages.stream(this.repository.caller(), call(""), "tags", NameGrammar::isTag, this.repository.stop());
    }

    /** Whether the registry knows the repository; to be asked where it has no tags. */
    public boolean exists() {
        try {
            return this.repository.caller().ask(call("?n=1"), this.repository.stop(), (_) -> true);
        }
        catch (RegistryFailure.NotFound _) {
            return false;
        }
    }

    private Call call(String query) {
        return Call
            .of("GET", this.repository.endpoint().v2(this.repository.name() + "/tags/list" + query),
                    "list the tags of " + this.repository.title(), this.repository.scopes())
            .judgedBy(TagList::judge);
    }

    /** Some hide as not found what they deny. */
    private static RegistryFailure judge(Rejection rejection) {
        boolean denied = rejection.status() == 404
                && (rejection.error().says("DENIED") || rejection.error().says("UNAUTHORIZED"));
        return denied ? new RegistryFailure.Unauthorized(rejection.message()) : rejection.failure();
    }

}
