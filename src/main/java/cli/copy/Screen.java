package cli.copy;

import java.io.Console;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import cli.shared.ProgressLine;
import cli.shared.Shown;

/**
 * Shows a copy while it lasts: on a terminal a bar that is drawn anew below the lines,
 * elsewhere a line of its progress every ten seconds, on the standard error.
 */
final class Screen implements AutoCloseable {

    private static final String CLEAR = "\r\u001b[K";

    private final CopyProgress progress;

    private final boolean terminal;

    private final CountDownLatch end = new CountDownLatch(1);

    private final Thread painter;

    private boolean drawn;

    private Screen(CopyProgress progress, boolean terminal) {
        this.progress = progress;
        this.terminal = terminal;
        this.painter = Thread.ofPlatform().daemon().name("progress").unstarted(this::paint);
    }

    static Screen open(CopyProgress progress, Loudness loudness) {
        Screen screen = new Screen(progress, terminal());
        if (loudness == Loudness.LINES) {
            screen.painter.start();
        }
        return screen;
    }

    /** Java 25 has no console where it is none, other versions one that says so. */
    private static boolean terminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private void paint() {
        ProgressLine line = new ProgressLine();
        Duration pause = this.terminal ? Duration.ofMillis(200) : Duration.ofSeconds(10);
        try {
            while (!this.end.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                draw(line.at(System.nanoTime(), this.progress.done(), this.progress.total()));
            }
        }
        catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void draw(String line) {
        System.err.print(this.terminal ? CLEAR + line : line + System.lineSeparator());
        System.err.flush();
        this.drawn = this.terminal;
    }

    /** A line on the standard output, above the bar. */
    synchronized void say(String line) {
        clear();
        System.out.println(Shown.line(line));
    }

    /** A line on the standard error. */
    synchronized void complain(String line) {
        clear();
        System.err.println(Shown.line(line));
    }

    private void clear() {
        if (this.drawn) {
            System.err.print(CLEAR);
            System.err.flush();
            this.drawn = false;
        }
    }

    @Override
    public void close() {
        this.end.countDown();
        try {
            this.painter.join();
        }
        catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            clear();
        }
    }

    /** How much is said. */
    enum Loudness {

        LINES, QUIET

    }

}
