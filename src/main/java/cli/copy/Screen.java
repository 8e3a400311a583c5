package cli.copy;

import java.io.Console;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import cli.shared.ProgressLine;
import cli.shared.Shown;
import org.jspecify.annotations.Nullable;

/**
 * Shows a running copy on the standard error: on a terminal by a bar below the lines,
 * elsewhere by a line every ten seconds.
 */
final class Screen implements AutoCloseable {

    private static final String CLEAR = "\r\u001b[K";

    private volatile @Nullable CopyRun run;

    private final boolean terminal;

    private final CountDownLatch end = new CountDownLatch(1);

    private final Thread painter;

    private boolean drawn;

    private Screen(boolean terminal) {
        this.terminal = terminal;
        this.painter = Thread.ofPlatform().daemon().name("progress").unstarted(this::paint);
    }

    static Screen open(Loudness loudness) {
        Screen screen = new Screen(terminal());
        if (loudness == Loudness.LINES) {
            screen.painter.start();
        }
        return screen;
    }

    /** Shows the progress of this copy from now on. */
    void follow(CopyRun copy) {
        this.run = copy;
    }

    /**
     * Without a terminal Java 25 has no console; other versions have one that reports
     * this.
     */
    private static boolean terminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private void paint() {
        ProgressLine line = new ProgressLine();
        Duration pause = this.terminal ? Duration.ofMillis(200) : Duration.ofSeconds(10);
        try {
            while (!this.end.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                CopyRun shown = this.run;
                if (shown != null) {
                    long done = shown.done();
                    draw(line.at(System.nanoTime(), done, done + shown.remaining()));
                }
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

    /** How much is printed. */
    enum Loudness {

        LINES, QUIET

    }

}
