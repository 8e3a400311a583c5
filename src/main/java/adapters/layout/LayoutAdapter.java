package adapters.layout;

import java.nio.file.Path;

import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.CredentialKind;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;

/**
 * Serves folders of OCI image layouts below a folder that the operator allows, at
 * {@code layout:relative/folder} or {@code file:///absolute/folder}.
 */
public final class LayoutAdapter implements RegistryAdapter {

    private static final AdapterInfo INFO = AdapterInfo
        .ofImages("layout", "OCI image layout", "Folders of OCI image layouts on a disk of this machine")
        .withUrls("layout:{folder}", "file:{folder}")
        .withTriggers("manual", "scheduled")
        .withCredentials(CredentialKind.NONE)
        .withAbilities(Ability.LIST, Ability.DIGEST_LIST, Ability.DELETE_TAG);

    private final Path root;

    /**
     * Serves the folder.
     * @param root paths outside of it are refused, also behind a symbolic link
     */
    public LayoutAdapter(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public AdapterInfo info() {
        return INFO;
    }

    @Override
    public LayoutRegistry connect(Registry registry) {
        return new LayoutRegistry(new LayoutUrl(registry.url()).below(this.root));
    }

}
