package oci;

import replication.WebUrl;
import replication.registry.RegistryFailure;

/**
 * Where a registry's API lies.
 *
 * @param base without a trailing slash, such as {@code https://b.example/prefix}
 */
record Endpoint(WebUrl base) {

    static Endpoint of(RegistryAccess access) {
        WebUrl url = WebUrl.of(access.url());
        int end = url.path().length();
        while (end > 0 && url.path().charAt(end - 1) == '/') {
            end--;
        }
        return new Endpoint(url.at(url.path().substring(0, end)));
    }

    Origin origin() {
        return Origin.of(this.base);
    }

    /** How messages call it. */
    String name() {
        return this.base.authority() + this.base.path();
    }

    String name(String repository) {
        return name() + "/" + repository;
    }

    WebUrl v2(String path) {
        return this.base.at(this.base.path() + "/v2/" + path);
    }

    WebUrl blob(String repository, Digest digest) {
        return v2(repository + "/blobs/" + digest);
    }

    WebUrl manifest(String repository, String reference) {
        if (!NameGrammar.isTag(reference)) {
            digest(repository, reference);
        }
        return v2(repository + "/manifests/" + reference);
    }

    private void digest(String repository, String reference) {
        try {
            Digest.parse(reference);
        }
        catch (IllegalArgumentException ex) {
            throw new RegistryFailure.Permanent(
                    "%s of %s is neither a tag nor a digest".formatted(reference, name(repository)), ex);
        }
    }

    /** Refuses what would lead to another path of the host. */
    String checked(String repository) {
        if (!NameGrammar.isRepository(repository)) {
            throw new RegistryFailure.Permanent("%s cannot have a repository %s".formatted(name(), repository));
        }
        return repository;
    }

}
