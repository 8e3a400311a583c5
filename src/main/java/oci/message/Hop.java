package oci.message;

/**
 * Why a request went to another place than it was first sent to.
 *
 * @param subject what is read there, in the plural; empty for an upload that the registry
 * wants there
 * @param from the host whose answer sent it
 * @param elsewhere whether it left the registry's own host, and so goes without its
 * credential
 * @param login whether there is a credential
 */
public record Hop(String subject, String from, boolean elsewhere, boolean login) {

    private static final String FORWARDED = "; a proxy before the registry may not pass on X-Forwarded-Host and -Proto";

    /** An upload that the registry wants at another host. */
    public static Hop toUpload(String from, boolean login) {
        return new Hop("", from, true, login);
    }

    /** A redirect of a request that reads. */
    public static Hop redirect(Call first, String from, boolean elsewhere, boolean login) {
        return new Hop(subject(first.uri().path()), from, elsewhere, login);
    }

    private static String subject(String path) {
        return path.contains("/blobs/") ? "blobs" : path.contains("/manifests/") ? "manifests"
                : (path.endsWith("/tags/list") || path.endsWith("/_catalog")) ? "lists" : "requests";
    }

    /** The result of a request, as a clause after the name of the host. */
    String says(Call call, String clause) {
        boolean upload = this.subject.isEmpty();
        String leads = upload ? "wants the upload sent to" : "redirects " + this.subject + " to";
        String to = this.elsewhere ? call.uri().authority() : "itself, at " + call.uri().shortPath();
        return "%s %s %s, %s%s%s".formatted(this.from, leads, to, clause, together(), upload ? FORWARDED : "");
    }

    private String together() {
        return !this.login ? "" : this.elsewhere ? "; the login did not go along" : "; the login went along";
    }

}
