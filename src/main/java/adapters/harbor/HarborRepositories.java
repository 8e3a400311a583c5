package adapters.harbor;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import oci.model.NameGrammar;
import oci.model.OutsideText;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import oci.remote.Differences;
import org.jspecify.annotations.Nullable;

/**
 * Lists repositories project by project. A project that refuses its list is told at the
 * end, after all that the others have.
 *
 * @param artifacts told when a listing begins, so that it answers nothing from before
 */
record HarborRepositories(HarborApi api, HarborArtifacts artifacts) implements Differences.RepositoryListing {

    private static final int LONGEST_SHOWN = 300;

    @Override
    public Stream<String> repositories() {
        return repositories(List.of());
    }

    @Override
    public Stream<String> repositories(List<String> namespaces) {
        this.artifacts.forget();
        StopSignal stop = this.api.closing();
        List<String> projects = namespaces.stream().map(HarborApi::projectOf).distinct().toList();
        Stream<Project> wanted = (projects.isEmpty() || this.api.isOld(stop)) ? listed(projects, stop)
                : projects.stream().map((name) -> new Project(name, ""));
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new Walk(wanted.iterator(), stop),
                Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    private Stream<Project> listed(List<String> names, StopSignal stop) {
        return this.api.items("/projects?with_detail=false&" + HarborApi.PAGE, stop)
            .map((project) -> new Project(project.path("name").asText(), project.path("project_id").asText()))
            .filter((project) -> names.isEmpty() || names.contains(project.name));
    }

    @Override
    public Optional<Boolean> open(String repository, StopSignal stop) {
        return this.api.isPublic(HarborApi.projectOf(repository), stop);
    }

    private Iterator<JsonNode> repositories(Project project, StopSignal stop) {
        String path = this.api.isOld(stop) ? "/repositories?project_id=" + project.id + "&" + HarborApi.PAGE
                : "/projects/" + project.name + "/repositories?" + HarborApi.PAGE;
        return this.api.items(path, stop).iterator();
    }

    /**
     * A project.
     *
     * @param id by which 1.x names it
     */
    private record Project(String name, String id) {
    }

    /** The repositories of one project after the other, one page in memory. */
    private final class Walk implements Iterator<String> {

        private final Iterator<Project> projects;

        private final StopSignal stop;

        private final List<String> refused = new ArrayList<>();

        /** The one whose repositories are being read. */
        private @Nullable Project listed;

        private Iterator<JsonNode> repositories = List.<JsonNode>of().iterator();

        private @Nullable String next;

        Walk(Iterator<Project> projects, StopSignal stop) {
            this.projects = projects;
            this.stop = stop;
        }

        @Override
        public boolean hasNext() {
            while (this.next == null && advance()) {
                // The next project has none, or is refused.
            }
            return this.next != null;
        }

        /** Whether there may be more. */
        private boolean advance() {
            Project project = this.listed;
            if (project == null && !this.projects.hasNext()) {
                end();
                return false;
            }
            try {
                if (project == null) {
                    project = this.projects.next();
                    this.repositories = repositories(project, this.stop);
                }
                this.listed = this.repositories.hasNext() ? project : null;
                if (this.listed != null) {
                    this.next = name(this.repositories.next());
                }
            }
            catch (RegistryFailure.NotFound _) {
                this.listed = null;
            }
            catch (RegistryFailure.Unauthorized | RegistryFailure.Permanent | RegistryFailure.Incomplete ex) {
                this.listed = null;
                if (project != null && HarborRepositories.this.api.hasProject(project.name, this.stop)) {
                    this.refused.add(String.valueOf(ex.getMessage()));
                }
            }
            return true;
        }

        private String name(JsonNode repository) {
            String name = repository.path("name").asText();
            if (!NameGrammar.isRepository(name)) {
                throw new RegistryFailure.Permanent("the list of repositories has a name that none can have: \"%s\""
                    .formatted(OutsideText.line(name, LONGEST_SHOWN)));
            }
            return name;
        }

        private void end() {
            if (!this.refused.isEmpty()) {
                String all = String.join("; ", this.refused);
                this.refused.clear();
                throw new RegistryFailure.Incomplete(all);
            }
        }

        @Override
        public String next() {
            if (!hasNext() || this.next == null) {
                throw new NoSuchElementException();
            }
            String name = this.next;
            this.next = null;
            return name;
        }

    }

}
