package events;

import java.util.ArrayList;
import java.util.List;

import replication.event.Remarks;

/** Records the remarks of senders. */
final class RecordedRemarks implements Remarks {

    final List<String> lines = new ArrayList<>();

    @Override
    public void say(String about, String line) {
        this.lines.add(line);
    }

}
