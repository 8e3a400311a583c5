package oci.message;

/**
 * How a request came to another place than was asked first.
 *
 * @param subject what is asked for there, in the plural; empty for an upload that the
 * registry wants there
 * @param from the host whose answer sent it
 * @param elsewhere whether it leads away from the registry itself, and so without its
 * login
 * @param login whether there is one to send
 */
public record Hop(String subject, String from, boolean elsewhere, boolean login) {

    private static final String FORWARDED = "; a proxy before the registry may not pass on X-Forwarded-Host and -Proto";

    /** An upload at another host than the registry's. */
    public static Hop toUpload(String from, boolean login) {
        return new Hop("", from, true, login);
    }

    /** A redirect of what was to be read at its first place. */
    public static Hop redirect(Call first, String from, boolean elsewhere, boolean login) {
        return new Hop(subject(first.uri().path()), from, elsewhere, login);
    }

    private static String subject(String path) {
        return path.contains("/blobs/") ? "blobs" : path.contains("/manifests/") ? "manifests"
                : (path.endsWith("/tags/list") || path.endsWith("/_catalog")) ? "lists" : "requests";
    }

    /** What came of a request, as a clause behind the host that it went to. */
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
