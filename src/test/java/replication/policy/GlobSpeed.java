package replication.policy;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A filter, which sees every name of a catalog and every tag. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GlobSpeed {

    private static final String NAME = "team/platform/service-worker";

    @Param({ "**", "team/**", "team/*/service-*", "{team,other}/**/service-[a-z]*" })
    private String pattern = "**";

    private Glob glob = Glob.of(this.pattern);

    @Setup
    public void read() {
        this.glob = Glob.of(this.pattern);
    }

    @Benchmark
    public Glob parse() {
        return Glob.of(this.pattern);
    }

    @Benchmark
    public boolean match() {
        return this.glob.matches(NAME);
    }

}
