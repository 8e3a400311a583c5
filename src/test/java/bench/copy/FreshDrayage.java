package bench.copy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.springframework.util.FileSystemUtils;

/** The service's first execution after its start, which is told apart. */
record FreshDrayage(Path program, Path home) implements Subject {

    @Override
    public String name() {
        return "drayage, fresh";
    }

    @Override
    public boolean peer() {
        return false;
    }

    @Override
    public Copying on(Route route) {
        Policy policy;
        try (Service service = new Service(this.program, this.home)) {
            policy = new Policy(service.api(), route);
        }
        return new Copying() {

            @Override
            public Figures copy() {
                try (Service service = new Service(FreshDrayage.this.program, FreshDrayage.this.home)) {
                    Figures figures = policy.run(service);
                    Map<String, Double> more = new HashMap<>(figures.more());
                    more.put("start", service.startSeconds());
                    return new Figures(figures.wall(), figures.cpu(), figures.peak(), more);
                }
            }

            @Override
            public void close() {
                forget();
            }

        };
    }

    private void forget() {
        try {
            FileSystemUtils.deleteRecursively(this.home);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
