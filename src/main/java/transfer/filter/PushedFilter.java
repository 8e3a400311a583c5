package transfer.filter;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import replication.policy.FilterKind;

/**
 * What was pushed within a time before now, such as {@code 30d}, {@code 12h} or
 * {@code 2w}, as the registry's listing tells. What it tells no time of was not.
 */
public final class PushedFilter implements FilterKind {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,4})([hdw])");

    private final Clock clock;

    public PushedFilter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String id() {
        return "pushed_within";
    }

    @Override
    public Match read(String value) {
        Matcher form = FORM.matcher(value);
        if (!form.matches()) {
            throw new IllegalArgumentException("a time is written like 12h, 30d or 2w");
        }
        long number = Long.parseLong(form.group(1));
        Duration time = switch (form.group(2)) {
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofDays(7 * number);
        };
        Instant since = this.clock.instant().minus(time);
        return new ListingMatch((artifact) -> artifact.pushed() != null && !artifact.pushed().isBefore(since));
    }

}
