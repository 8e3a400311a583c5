package notes;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import oci.model.Rates;
import replication.registry.Ability;
import replication.registry.AdapterInfo;
import replication.registry.CredentialKind;
import replication.registry.NameRules;
import replication.registry.Registry;
import replication.registry.RegistryAdapter;
import replication.registry.RegistryConnection;
import replication.registry.UrlForm;

/** Serves folders of notes, which hold no images. */
final class NoteAdapter implements RegistryAdapter {

    @Override
    public AdapterInfo info() {
        return new AdapterInfo("notes", "Notes", "Folders of notes", List.of(new UrlForm("file:{folder}")),
                List.of(NoteHandler.NOTE), List.of("name", "tag", "resource", "named_value"), List.of("manual"),
                List.of(CredentialKind.NONE), List.of(), NameRules.ANY, Set.of(Ability.LIST), Rates.NONE);
    }

    @Override
    public RegistryConnection connect(Registry registry) {
        return new NoteFolder(Path.of(registry.url()));
    }

}
