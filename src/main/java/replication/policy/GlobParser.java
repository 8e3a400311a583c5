package replication.policy;

import com.google.re2j.Pattern;

/**
 * Turns a doublestar pattern into a regular expression, reading it once from left to
 * right.
 */
final class GlobParser {

    private final String pattern;

    private final StringBuilder regex = new StringBuilder();

    private int at;

    private int depth;

    GlobParser(String pattern) {
        this.pattern = pattern;
    }

    String regex() {
        while (this.at < this.pattern.length()) {
            next();
        }
        if (this.depth > 0) {
            throw new IllegalArgumentException("a { is not closed");
        }
        return this.regex.toString();
    }

    private void next() {
        char c = this.pattern.charAt(this.at);
        switch (c) {
            case '*' -> stars();
            case '?' -> emit("[^/]");
            case '[' -> characterClass();
            case '{' -> {
                this.depth++;
                emit("(?:");
            }
            case '\\' -> {
                this.at++;
                emit(Pattern.quote(String.valueOf(literal())));
            }
            case ',' -> emit((this.depth > 0) ? "|" : ",");
            case '}' -> closeAlternatives();
            default -> emit(Pattern.quote(String.valueOf(c)));
        }
    }

    private void emit(String expression) {
        this.regex.append(expression);
        this.at++;
    }

    private void closeAlternatives() {
        if (this.depth == 0) {
            emit("\\}");
            return;
        }
        this.depth--;
        emit(")");
    }

    private void stars() {
        int start = this.at;
        while (this.at < this.pattern.length() && this.pattern.charAt(this.at) == '*') {
            this.at++;
        }
        boolean wholeComponent = this.at - start == 2 && beginsComponent(start) && endsComponent(this.at);
        if (!wholeComponent) {
            this.regex.append("[^/]*");
        }
        else if (this.at < this.pattern.length() && this.pattern.charAt(this.at) == '/') {
            this.regex.append("(?:[^/]+/)*");
            this.at++;
        }
        else {
            this.regex.append(".*");
        }
    }

    private boolean beginsComponent(int index) {
        return index == 0 || this.pattern.charAt(index - 1) == '/' || (this.depth > 0 && bounds(index - 1, "{,"));
    }

    private boolean endsComponent(int index) {
        return index == this.pattern.length() || this.pattern.charAt(index) == '/'
                || (this.depth > 0 && bounds(index, "},"));
    }

    private boolean bounds(int index, String brackets) {
        return brackets.indexOf(this.pattern.charAt(index)) >= 0;
    }

    private void characterClass() {
        int open = this.at++;
        boolean negated = this.at < this.pattern.length() && bounds(this.at, "^!");
        if (negated) {
            this.at++;
        }
        StringBuilder members = new StringBuilder();
        while (peekInClass(open) != ']') {
            members.append(classMember(open));
        }
        if (members.isEmpty()) {
            throw new IllegalArgumentException("the class at character " + (open + 1) + " is empty");
        }
        this.at++;
        // A class, negated or not, never steps over a component's border.
        this.regex.append(negated ? "[^/" + members + "]" : "[" + members + "]");
    }

    private String classMember(int open) {
        int low = classCharacter(open);
        if (peekInClass(open) != '-') {
            return hex(low);
        }
        this.at++;
        if (peekInClass(open) == ']') {
            throw new IllegalArgumentException("a range in the class at character " + (open + 1) + " has no end");
        }
        int high = classCharacter(open);
        if (high < low) {
            throw new IllegalArgumentException("a range in the class at character " + (open + 1) + " runs backwards");
        }
        return hex(low) + "-" + hex(high);
    }

    private int classCharacter(int open) {
        char c = peekInClass(open);
        if (c == '-') {
            throw new IllegalArgumentException("the class at character " + (open + 1) + " has a - out of place");
        }
        if (c == '\\') {
            this.at++;
            c = literal();
        }
        this.at++;
        return c;
    }

    private char peekInClass(int open) {
        if (this.at >= this.pattern.length()) {
            throw new IllegalArgumentException("the [ at character " + (open + 1) + " is not closed");
        }
        return this.pattern.charAt(this.at);
    }

    private char literal() {
        if (this.at >= this.pattern.length()) {
            throw new IllegalArgumentException("it ends in a lone \\");
        }
        return this.pattern.charAt(this.at);
    }

    private static String hex(int c) {
        return String.format("\\x{%x}", c);
    }

}
