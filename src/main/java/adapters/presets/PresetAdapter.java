package adapters.presets;

import java.util.Optional;

import adapters.generic.GenericAdapter;
import adapters.generic.GenericRegistry;
import oci.limits.HostLimits;
import oci.model.Credential;
import oci.model.CredentialSource;
import oci.model.RegistryFailure;
import oci.model.Secret;
import oci.net.HttpSettings;
import oci.remote.Differences;
import oci.remote.Differences.RepositoryListing;
import oci.remote.Differences.TagDeletion;
import oci.remote.RemoteRegistry;
import org.jspecify.annotations.Nullable;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.CredentialKind;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.RegistryCredential;

/**
 * Serves a registry by the distribution specification, and refuses what its declaration
 * lacks without sending anything.
 */
record PresetAdapter(AdapterInfo info, HttpSettings settings, HostLimits limits) implements RegistryAdapter {

    @Override
    public RegistryConnection connect(Registry registry) {
        Differences differences = new Differences(listing(), null, null, deletion());
        return GenericAdapter.overHttp(registry, () -> new GenericRegistry(RemoteRegistry
            .connect(registry.access(source(registry.credential())), differences, this.settings, this.limits)));
    }

    /** A token without a user is the user as well. */
    private static CredentialSource source(RegistryCredential credential) {
        Secret secret = credential.secret("access_secret");
        boolean alone = credential.type().equals(CredentialKind.BASIC.type())
                && credential.value("access_key").isEmpty();
        return alone ? CredentialSource.of(new Credential.Basic(secret.reveal(), secret))
                : GenericAdapter.source(credential);
    }

    private @Nullable RepositoryListing listing() {
        return this.info.can(Ability.LIST) ? null : () -> {
            throw new RegistryFailure.Permanent(this.info.lacks(Ability.LIST));
        };
    }

    private @Nullable TagDeletion deletion() {
        return this.info.can(Ability.DELETE_TAG) ? null
                : (_, _, _, _) -> Optional.of(this.info.lacks(Ability.DELETE_TAG));
    }

}
