package oci;

/**
 * How a request came to another place than was asked first.
 *
 * @param subject what is asked for, in the plural
 * @param from the host whose answer sent it
 * @param elsewhere whether it leads away from the registry itself, and so without its
 * login
 * @param login whether there is one to send
 */
record Hop(String subject, String from, boolean elsewhere, boolean login) {

    private static final String FORWARDED = "; a proxy before the registry may not pass on X-Forwarded-Host and -Proto";

    /** What came of a request, as a clause behind the host that it went to. */
    String says(Call call, String clause) {
        String path = call.uri().path();
        boolean upload = !call.reading();
        String leads = upload ? "wants the upload sent to" : "redirects " + this.subject + " to";
        String to = this.elsewhere ? call.uri().authority() : "itself, at " + path;
        return "%s %s %s, %s%s%s".formatted(this.from, leads, to, clause, together(), upload ? FORWARDED : "");
    }

    /** Of a request that was to do something at its first place. */
    static Hop of(Call first, String from, boolean elsewhere, boolean login) {
        return new Hop(subject(first.uri().path()), from, elsewhere, login);
    }

    private static String subject(String path) {
        return path.contains("/blobs/") ? "blobs" : path.contains("/manifests/") ? "manifests"
                : (path.endsWith("/tags/list") || path.endsWith("/_catalog")) ? "lists" : "requests";
    }

    private String together() {
        return !this.login ? "" : this.elsewhere ? "; the login did not go along" : "; the login went along";
    }

}
