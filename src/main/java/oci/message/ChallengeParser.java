package oci.message;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads {@code WWW-Authenticate} by its grammar (RFC 9110, 11.2): challenges and their
 * parameters are both separated by commas, and a quoted scope has commas of its own.
 */
final class ChallengeParser {

    private final String text;

    private final List<Challenge> challenges = new ArrayList<>();

    private int at;

    private ChallengeParser(String text) {
        this.text = text;
    }

    static List<Challenge> parseAll(List<String> headers) {
        return headers.stream().flatMap((header) -> new ChallengeParser(header).parse().stream()).toList();
    }

    private List<Challenge> parse() {
        String scheme = "";
        Map<String, String> parameters = new HashMap<>();
        for (skip(); this.at < this.text.length(); skip()) {
            String token = token();
            if (token.isEmpty()) {
                // The character is not part of the grammar and is skipped.
                this.at++;
            }
            else if (isParameter()) {
                parameters.put(token.toLowerCase(Locale.ROOT), value());
            }
            else {
                end(scheme, parameters);
                scheme = token.toLowerCase(Locale.ROOT);
                parameters.clear();
            }
        }
        end(scheme, parameters);
        return this.challenges;
    }

    private void end(String scheme, Map<String, String> parameters) {
        if (!scheme.isEmpty()) {
            this.challenges.add(new Challenge(scheme, parameters));
        }
    }

    private void skip() {
        while (this.at < this.text.length() && " \t,".indexOf(this.text.charAt(this.at)) >= 0) {
            this.at++;
        }
    }

    private String token() {
        int start = this.at;
        while (this.at < this.text.length() && " \t,=\"".indexOf(this.text.charAt(this.at)) < 0) {
            this.at++;
        }
        return this.text.substring(start, this.at);
    }

    private boolean isParameter() {
        int next = this.at;
        while (next < this.text.length() && " \t".indexOf(this.text.charAt(next)) >= 0) {
            next++;
        }
        if (next >= this.text.length() || this.text.charAt(next) != '=') {
            return false;
        }
        this.at = next + 1;
        return true;
    }

    private String value() {
        while (this.at < this.text.length() && " \t".indexOf(this.text.charAt(this.at)) >= 0) {
            this.at++;
        }
        return (this.at < this.text.length() && this.text.charAt(this.at) == '"') ? quoted() : token();
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (this.at++; this.at < this.text.length() && this.text.charAt(this.at) != '"'; this.at++) {
            if (this.text.charAt(this.at) == '\\' && this.at + 1 < this.text.length()) {
                this.at++;
            }
            value.append(this.text.charAt(this.at));
        }
        this.at++;
        return value.toString();
    }

}
