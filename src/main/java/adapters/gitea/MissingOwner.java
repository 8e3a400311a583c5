package adapters.gitea;

import oci.model.Reason;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.remote.Differences;
import oci.remote.JsonApi;

/**
 * Says by name that an owner is missing, because Gitea answers an upload to one as it
 * answers any other unknown address. Users and organisations are for people to create.
 */
record MissingOwner(JsonApi api) implements Differences.Creation {

    @Override
    public boolean answers(RegistryFailure refusal) {
        return refusal instanceof RegistryFailure.NotFound;
    }

    @Override
    public void create(String repository, StopSignal stop) {
        String owner = repository.substring(0, (repository + "/").indexOf('/'));
        try {
            this.api.get("/api/v1/users/" + owner, stop);
        }
        catch (RegistryFailure.NotFound ex) {
            throw new RegistryFailure.Permanent(new Reason(
                    "push to %s: there is no user or organisation %s at the registry".formatted(repository, owner),
                    "create it there, or choose another dest_namespace"), ex);
        }
        catch (RegistryFailure.Unauthorized _) {
            // A token for packages alone may not ask; the upload's own refusal is told.
        }
    }

}
