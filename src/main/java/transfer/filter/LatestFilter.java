package transfer.filter;

import java.util.Comparator;
import java.util.Objects;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import oci.Artifact;
import replication.policy.FilterKind;

/**
 * The latest ones of a repository. {@code latest} takes {@code 5} or {@code 5 by semver},
 * the five highest versions and no tag that is none, and {@code 5 by name}, the last ones
 * in the order of their names; {@code latest_pushed} takes {@code 5}, those that were
 * pushed last as the registry's listing tells.
 */
public final class LatestFilter implements FilterKind {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,3}|10000)(?: by (semver|name))?");

    /** Tags that have an equal place, such as {@code v1.0.0} and {@code 1.0.0}. */
    private static final Comparator<Artifact> BY_NAME = Comparator.comparing(Artifact::tag).reversed();

    private static final Comparator<Artifact> BY_VERSION = Comparator
        .comparing((Artifact artifact) -> TagVersion.of(artifact.tag()).orElseThrow())
        .reversed()
        .thenComparing(BY_NAME);

    private static final Comparator<Artifact> BY_TIME = Comparator
        .comparing((Artifact artifact) -> Objects.requireNonNull(artifact.pushed()))
        .reversed()
        .thenComparing(BY_NAME);

    private final boolean pushed;

    private LatestFilter(boolean pushed) {
        this.pushed = pushed;
    }

    /** By versions or names. */
    public static LatestFilter byTags() {
        return new LatestFilter(false);
    }

    /** By the time of their push. */
    public static LatestFilter byTime() {
        return new LatestFilter(true);
    }

    @Override
    public String id() {
        return this.pushed ? "latest_pushed" : "latest";
    }

    @Override
    public Match read(String value) {
        Matcher form = FORM.matcher(value);
        if (!form.matches() || (this.pushed && form.group(2) != null)) {
            throw new IllegalArgumentException("it is a number from 1 to 10000"
                    + (this.pushed ? "" : ", and perhaps \"by semver\" or \"by name\""));
        }
        int most = Integer.parseInt(form.group(1));
        if (this.pushed) {
            return new RankMatch(most, (artifact) -> artifact.pushed() != null, BY_TIME);
        }
        return "name".equals(form.group(2)) ? new RankMatch(most, (_) -> true, BY_NAME)
                : new RankMatch(most, (artifact) -> TagVersion.of(artifact.tag()).isPresent(), BY_VERSION);
    }

}
