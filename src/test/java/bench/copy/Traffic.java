package bench.copy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry was asked for, by its access log.
 *
 * @param requests how many, by method, kind of path and answer, such as
 * {@code HEAD blob 404}
 * @param apart the connectivity check, the catalog and the like, which no floor counts
 * @param sent bytes of its answers, by the log
 * @param received bytes that its process has read, of which those of its own files are
 * few where it is written to
 */
public record Traffic(Map<String, Integer> requests, Map<String, Integer> apart, long sent, long received) {

    private static final Pattern LINE = Pattern.compile("\"([A-Z]+) (\\S+) HTTP/[0-9.]+\" ([0-9]{3}) ([0-9]+) ");

    static Traffic of(List<String> lines, long received) {
        List<Matcher> answers = lines.stream().map(Traffic::matcher).toList();
        Traffic traffic = new Traffic(new TreeMap<>(), new TreeMap<>(),
                answers.stream().mapToLong((answer) -> Long.parseLong(answer.group(4))).sum(), received);
        answers.forEach(traffic::add);
        return traffic;
    }

    private static Matcher matcher(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.find()) {
            throw new IllegalArgumentException("not a line of an access log: " + line);
        }
        return matcher;
    }

    private void add(Matcher matcher) {
        String kind = kind(matcher.group(2));
        boolean extra = kind.equals("ping") || kind.equals("catalog");
        (extra ? this.apart : this.requests).merge(matcher.group(1) + " " + kind + " " + matcher.group(3), 1,
                Integer::sum);
    }

    private static String kind(String target) {
        String path = target.replaceFirst("\\?.*", "");
        if (path.equals("/v2/") || path.equals("/v2")) {
            return "ping";
        }
        if (path.equals("/v2/_catalog")) {
            return "catalog";
        }
        if (path.contains("/blobs/uploads/")) {
            return target.contains("mount=") ? "mount" : "upload";
        }
        return List.of("tags/list", "manifests", "referrers", "blobs")
            .stream()
            .filter((part) -> path.contains("/" + part))
            .findFirst()
            .orElse(path);
    }

    int count() {
        return this.requests.values().stream().mapToInt(Integer::intValue).sum();
    }

}
