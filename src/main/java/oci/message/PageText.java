package oci.message;

/** The text of an HTML page without tags, styles and scripts, in linear time. */
final class PageText {

    private final String page;

    private final StringBuilder words = new StringBuilder();

    private int at;

    private PageText(String page) {
        this.page = page;
    }

    static String of(String page) {
        return new PageText(page).read();
    }

    private String read() {
        while (this.at < this.page.length()) {
            int tag = this.page.indexOf('<', this.at);
            int end = (tag < 0) ? -1 : this.page.indexOf('>', tag);
            if (end < 0) {
                // No further tag is complete.
                this.words.append(this.page, this.at, this.page.length());
                break;
            }
            this.words.append(this.page, this.at, tag).append(' ');
            this.at = end + 1;
            passOver("style", tag);
            passOver("script", tag);
        }
        return this.words.toString();
    }

    /** An element without an end reaches to the end of the page. */
    private void passOver(String element, int tag) {
        if (this.page.startsWith(element, tag + 1)) {
            int close = this.page.indexOf("</" + element, this.at);
            this.at = (close < 0) ? this.page.length() : close;
        }
    }

}
