package events;

import java.util.ArrayList;
import java.util.List;

import replication.event.Remarks;

/** Hears what senders remark. */
final class Said implements Remarks {

    final List<String> lines = new ArrayList<>();

    @Override
    public void say(String about, String line) {
        this.lines.add(line);
    }

}
