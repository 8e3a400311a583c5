package oci;

import java.util.stream.Stream;

/** Lists the tags of a repository. */
final class TagList {

    private final RemoteRepository repository;

    TagList(RemoteRepository repository) {
        this.repository = repository;
    }

    Stream<String> tags() {
        Call call = Call.of("GET",
                this.repository.endpoint().v2(this.repository.name() + "/tags/list?n=" + CatalogList.PAGE),
                "list the tags of " + this.repository.title(), this.repository.scopes());
        return NamePages.stream(this.repository.caller(), call, "tags", this.repository.stop());
    }

}
