package transfer.filter;

import com.google.re2j.Pattern;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;
import replication.policy.FilterKind;

/**
 * Tags that are versions within a range, such as {@code >=1.2 <2 || ~3.1} (the grammar of
 * npm's ranges; a comma stands for a blank). Pre-releases are within a range only if it
 * names one, as in {@code >=1.2.0-0}, as Helm and Flux have it. Tags that are no versions
 * are not.
 */
public final class VersionFilter implements FilterKind {

    private static final int LONGEST = 256;

    private static final String NUMBER = "(?:\\d{1,9}|[xX*])";

    private static final String VERSION = "v?%1$s(?:\\.%1$s){0,2}(-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?"
        .formatted(NUMBER);

    private static final String BOUND = "(?:[<>]=?|=|\\^|~>?)?\\s*" + VERSION;

    private static final Pattern RANGE = Pattern
        .compile("\\s*(?:%2$s\\s+-\\s+%2$s|%1$s(?:\\s+%1$s)*)\\s*".formatted(BOUND, VERSION));

    /** The library takes ^0 for any version, and ^0.0 for none. */
    private static final Pattern CARET_OF_ZERO = Pattern.compile("\\^\\s*v?(0(?:\\.0)?)(?:\\.[xX*]){0,2}(\\s|\\||$)");

    private static final Pattern PRERELEASE = Pattern.compile("\\d-[0-9A-Za-z]");

    @Override
    public String id() {
        return "tag_semver";
    }

    @Override
    public Match read(String value) {
        // The library passes over what it does not understand.
        String range = CARET_OF_ZERO.matcher(value.replace(',', ' ')).replaceAll("~$1$2");
        if (range.length() > LONGEST) {
            throw new IllegalArgumentException("the range has more than %d characters".formatted(LONGEST));
        }
        for (String part : range.split("\\|\\|", -1)) {
            if (!RANGE.matches(part)) {
                throw new IllegalArgumentException(
                        "a range is written like >=1.2 <2, ^1.4, ~1.4.2, 1.x or 1.2 - 1.4, with || between alternatives");
            }
        }
        RangeList wanted = RangeListFactory.create(range, PRERELEASE.matcher(range).find());
        return new NameMatch((tag) -> TagVersion.of(tag).filter(wanted::isSatisfiedBy).isPresent());
    }

}
