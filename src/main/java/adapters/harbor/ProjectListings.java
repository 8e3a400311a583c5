package adapters.harbor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import oci.Artifact;
import oci.model.RegistryFailure;
import oci.model.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * The artifacts of whole projects, by one list for many small repositories. It is read
 * when several repositories of a project have been asked for within a moment and, by what
 * those held, it is much shorter than the lists of the others. It answers for two seconds
 * from when it began to be read, and not after repositories were listed anew, as each
 * execution does first. A repository that it does not name is listed by itself, and so is
 * every one where the list changed while it was read. Safe for many threads.
 */
final class ProjectListings {

    /** So many repositories of a project are listed by themselves first. */
    private static final int FEW = 8;

    /** The most pages that the list of a project may have, for 2,000 artifacts. */
    private static final int MOST_PAGES = 20;

    private static final int ARTIFACTS_A_PAGE = 100;

    /** In which the repositories of a project are asked for. */
    private static final Duration MOMENT = Duration.ofSeconds(10);

    /** For so long a list answers, from the beginning of its read. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private static final int MOST_PROJECTS = 100;

    private final HarborApi api;

    private final String query;

    private final Ticker ticker;

    private final Cache<String, Project> projects;

    ProjectListings(HarborApi api, String query, Ticker ticker) {
        this.api = api;
        this.ticker = ticker;
        this.projects = Caffeine.newBuilder()
            .maximumSize(MOST_PROJECTS)
            .expireAfterWrite(MOMENT)
            .executor(Runnable::run)
            .ticker(ticker)
            .build();
        // By id, new artifacts come last and none moves.
        this.query = query + "&sort=id";
    }

    /** The artifacts of a repository; empty where it is to be listed by itself. */
    Optional<Stream<Artifact>> artifacts(String repository, StopSignal stop) {
        String name = HarborApi.projectOf(repository);
        Project project = project(name);
        project.asked.add(repository);
        if (project.asked.size() <= FEW || project.written.contains(repository)) {
            return Optional.empty();
        }
        Listing mine = new Listing(this.ticker.read(), new CompletableFuture<>());
        Listing other = project.listing.compareAndExchange(null, mine);
        Map<String, List<Artifact>> all = (other != null) ? stop.await(other.all) : read(name, project, mine.all, stop);
        return project.written.contains(repository) ? Optional.empty()
                : Optional.ofNullable(all.get(repository)).map(List::stream);
    }

    /** Begins anew where the list is too old. */
    private Project project(String name) {
        Project project = this.projects.get(name, (_) -> new Project());
        Listing listing = project.listing.get();
        if (listing == null || this.ticker.read() - listing.begun <= FRESH.toNanos()) {
            return project;
        }
        this.projects.asMap().remove(name, project);
        return this.projects.get(name, (_) -> new Project());
    }

    /** Lets go of all lists: who asks from now on may know of later changes. */
    void forget() {
        this.projects.invalidateAll();
    }

    /** What the list says of a repository holds no longer: it was written to here. */
    void written(String repository) {
        Project project = this.projects.getIfPresent(HarborApi.projectOf(repository));
        if (project != null) {
            project.written.add(repository);
        }
    }

    /** Notes an artifact of a repository that is listed by itself. */
    void note(String repository) {
        Project project = this.projects.getIfPresent(HarborApi.projectOf(repository));
        if (project != null) {
            project.found.incrementAndGet();
        }
    }

    private Map<String, List<Artifact>> read(String name, Project project,
            CompletableFuture<Map<String, List<Artifact>>> mine, StopSignal stop) {
        Map<String, List<Artifact>> all = Map.of();
        try {
            if (isWorthIt(name, project, stop)) {
                all = read(name, stop);
            }
        }
        catch (RegistryFailure _) {
            // Older versions do not have it; what else is wrong, the repositories' own
            // lists will tell.
        }
        finally {
            mine.complete(all);
        }
        return all;
    }

    /**
     * Whether its list takes less than half of the requests for the repositories left.
     */
    private boolean isWorthIt(String name, Project project, StopSignal stop) {
        long repositories = this.api.get("/projects/" + name, stop).path("repo_count").asLong();
        double pages = (double) project.found.get() / FEW * repositories / ARTIFACTS_A_PAGE + 1;
        return pages <= MOST_PAGES && pages * 2 < repositories - FEW;
    }

    private Map<String, List<Artifact>> read(String project, StopSignal stop) {
        Map<String, List<Artifact>> all = new HashMap<>();
        String path = "/projects/" + project + "/artifacts" + this.query;
        long number = 0;
        JsonNode last = null;
        try (Stream<JsonNode> pages = this.api.pages(path, stop)) {
            int read = 0;
            for (var each = pages.iterator(); each.hasNext();) {
                if (read++ == MOST_PAGES) {
                    return Map.of();
                }
                for (JsonNode artifact : each.next()) {
                    all.computeIfAbsent(artifact.path("repository_name").asText(""), (_) -> new ArrayList<>())
                        .addAll(ListedArtifact.of(artifact).toList());
                    last = artifact;
                    number++;
                }
            }
            return (read < 2 || isAt(number, last, path, stop)) ? all : Map.of();
        }
    }

    /** Whether no artifact before the last one has gone while the list was read. */
    private boolean isAt(long number, @Nullable JsonNode last, String path, StopSignal stop) {
        JsonNode there = this.api.get(path.replace(HarborApi.PAGE, "page_size=1&page=" + number), stop);
        return last != null && there.size() == 1 && there.get(0).path("id").equals(last.path("id"));
    }

    /** What is known of a project for a moment. */
    private static final class Project {

        private final Set<String> asked = ConcurrentHashMap.newKeySet();

        private final Set<String> written = ConcurrentHashMap.newKeySet();

        private final AtomicLong found = new AtomicLong();

        private final AtomicReference<@Nullable Listing> listing = new AtomicReference<>();

    }

    /**
     * The list of a project.
     *
     * @param begun when its read began, in nanoseconds of the ticker
     * @param all by repository, once it is read
     */
    private record Listing(long begun, CompletableFuture<Map<String, List<Artifact>>> all) {
    }

}
