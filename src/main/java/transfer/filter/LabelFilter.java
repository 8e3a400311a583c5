package transfer.filter;

import oci.Artifact;
import replication.policy.FilterKind;
import replication.policy.Glob;

/**
 * A filter by a label that the registry keeps, and its listing tells: by its name, such
 * as {@code release}, or by name and value, such as {@code stage=prod}, where labels have
 * values. Both may be globs. Several labels are several filters.
 */
public final class LabelFilter implements FilterKind {

    @Override
    public String id() {
        return "label";
    }

    @Override
    public Match read(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("a label has a name");
        }
        Glob glob = Glob.of(value);
        return new ListingMatch((artifact) -> matches(glob, artifact));
    }

    private static boolean matches(Glob glob, Artifact artifact) {
        return artifact.labels() != null && artifact.labels()
            .entrySet()
            .stream()
            .anyMatch((label) -> glob.matches(label.getKey())
                    || (!label.getValue().isEmpty() && glob.matches(label.getKey() + "=" + label.getValue())));
    }

}
