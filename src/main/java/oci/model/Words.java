package oci.model;

import java.util.ArrayList;
import java.util.List;

/** The parts of a text between separators. */
public final class Words {

    private Words() {
    }

    /** Those that are not empty. */
    public static List<String> of(String text, char separator) {
        List<String> words = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf(separator, from);
            end = (end < 0) ? text.length() : end;
            if (end > from) {
                words.add(text.substring(from, end));
            }
            from = end + 1;
        }
        return words;
    }

}
