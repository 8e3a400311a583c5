package adapters.gitlab;

import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.remote.Differences;

/**
 * Says by name that a project is missing. A push makes a repository in GitLab, but no
 * project, and Drayage makes none either: a project has members, settings and a place.
 */
final class MissingProject implements Differences.Creation {

    private static final String HINT = "GitLab takes images for a project that exists: the repository's name is that of the "
            + "project, or at most two levels below it";

    @Override
    public void create(String repository, StopSignal stop) {
        throw new RegistryFailure.Permanent(
                new Reason("push to %s: GitLab knows no project that it could be in".formatted(repository), HINT),
                null);
    }

    /** GitLab gives no token for a project that is missing, as for one that is hidden. */
    @Override
    public String hint() {
        return HINT;
    }

}
