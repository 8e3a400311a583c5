package transfer.filter;

import java.util.Optional;

import org.semver4j.Semver;

/** Reads tags as versions. */
final class TagVersion {

    private TagVersion() {
    }

    /**
     * The version that a tag is: three numbers and perhaps a pre-release (semver.org,
     * 2.0.0), with or without a leading {@code v}. An underscore stands for a plus sign,
     * which no tag may have, as Helm writes it. Empty for any other tag.
     */
    static Optional<Semver> of(String tag) {
        return Optional.ofNullable(Semver.parse(tag.replace('_', '+')));
    }

}
