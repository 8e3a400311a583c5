package oci.http;

import oci.model.Digest;
import oci.model.NameGrammar;
import oci.model.RegistryAccess;
import oci.model.RegistryFailure;
import oci.model.WebUrl;

/**
 * Where a registry's API lies.
 *
 * @param base without a trailing slash, such as {@code https://b.example/prefix}
 */
public record Endpoint(WebUrl base) {

    public static Endpoint of(RegistryAccess access) {
        WebUrl url = WebUrl.of(access.url());
        int end = url.path().length();
        while (end > 0 && url.path().charAt(end - 1) == '/') {
            end--;
        }
        return new Endpoint(url.at(url.path().substring(0, end)));
    }

    public Origin origin() {
        return Origin.of(this.base);
    }

    /** The name that messages use. */
    public String name() {
        return this.base.authority() + this.base.path();
    }

    public String name(String repository) {
        return name() + "/" + repository;
    }

    public WebUrl v2(String path) {
        return this.base.at(this.base.path() + "/v2/" + path);
    }

    public WebUrl blob(String repository, Digest digest) {
        return v2(repository + "/blobs/" + digest);
    }

    public WebUrl manifest(String repository, String reference) {
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

    /** Refuses a name that would lead to another path of the host. */
    String checked(String repository) {
        if (!NameGrammar.isRepository(repository)) {
            throw new RegistryFailure.Permanent("%s cannot have a repository %s".formatted(name(), repository));
        }
        return repository;
    }

}
