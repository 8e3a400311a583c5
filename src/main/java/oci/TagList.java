package oci;

import java.util.stream.Stream;

import replication.registry.RegistryFailure;

/** Lists the tags of a repository. */
final class TagList {

    private final RemoteRepository repository;

    TagList(RemoteRepository repository) {
        this.repository = repository;
    }

    Stream<String> tags() {
        Call call = Call
            .of("GET", this.repository.endpoint().v2(this.repository.name() + "/tags/list"),
                    "list the tags of " + this.repository.title(), this.repository.scopes())
            .judgedBy(TagList::judge);
        return NamePages.stream(this.repository.caller(), call, "tags", NameGrammar::isTag, this.repository.stop());
    }

    /** Some hide as not found what they deny. */
    private static RegistryFailure judge(Rejection rejection) {
        boolean denied = rejection.status() == 404
                && (rejection.error().says("DENIED") || rejection.error().says("UNAUTHORIZED"));
        return denied ? new RegistryFailure.Unauthorized(rejection.message()) : rejection.failure();
    }

}
