package store;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import org.jspecify.annotations.Nullable;
import replication.execution.state.Operation;

import static java.util.Objects.requireNonNull;

/**
 * Any order of what nodes do, what operators ask and who dies when, against the real
 * statements: no task is lost, none is done by two at once, every count is exact and
 * every move is one of the table's. A longer run: {@code -Djqwik.tries.default=2000}.
 */
class ModelTest {

    private static final int NODES = 3;

    private static final int STEPS = 80;

    private static @Nullable Fixture fixture;

    @BeforeContainer
    static void open() {
        Fixture opened = new Fixture();
        ModelCluster.watchMoves(opened);
        fixture = opened;
    }

    @AfterContainer
    static void close() {
        requireNonNull(fixture).close();
    }

    @Property(shrinking = ShrinkingMode.BOUNDED)
    void nothing_is_lost_nor_done_twice_nor_miscounted(@ForAll("courses") ActionChain<ModelCluster> course) {
        course.withInvariant("the moves are of the table", ModelCluster::checkMoves)
            .withInvariant("one writer to a destination", ModelCluster::checkWriters)
            .run()
            .checkEnd();
    }

    @Provide
    Arbitrary<ActionChain<ModelCluster>> courses() {
        return ActionChain.startWith(() -> new ModelCluster(requireNonNull(fixture), NODES))
            .withAction(2, with("start with %d tasks", 4, (cluster, tasks) -> cluster.start(tasks + 1)))
            .withAction(4, with("dispatch on %d", NODES, (cluster, node) -> cluster.node(node).dispatch()))
            .withAction(6, with("take a job on %d", NODES, (cluster, node) -> cluster.node(node).take()))
            .withAction(8, with("announce on %d", NODES, (cluster, node) -> cluster.node(node).announce()))
            .withAction(8, with("put on %d", NODES, (cluster, node) -> cluster.node(node).put()))
            .withAction(8, with("record on %d", NODES, (cluster, node) -> cluster.node(node).record()))
            .withAction(8, with("finish on %d", NODES, (cluster, node) -> cluster.node(node).finish()))
            .withAction(2, with("fail for now on %d", NODES, (cluster, node) -> cluster.node(node).failForNow()))
            .withAction(2, with("die: %d", NODES, (cluster, node) -> cluster.node(node).die()))
            .withAction(2, with("stall: %d", NODES, (cluster, node) -> cluster.node(node).stall()))
            .withAction(2, with("look on %d", NODES, (cluster, node) -> cluster.node(node).look()))
            .withAction(2, with("time passes %d", 2, (cluster, _) -> cluster.timePasses()))
            .withAction(2, with("sweep %d", 2, (cluster, _) -> cluster.sweep()))
            .withAction(3, operate("execution", (cluster, operation) -> cluster.operate(operation)))
            .withAction(2, operate("task", (cluster, operation) -> cluster.operateTask(operation)))
            .withMaxTransformations(STEPS);
    }

    private static Action.Independent<ModelCluster> with(String name, int bound, Step<Integer> step) {
        return () -> Arbitraries.integers()
            .between(0, bound - 1)
            .map((number) -> Transformer.mutate(name.formatted(number), (cluster) -> step.apply(cluster, number)));
    }

    private static Action.Independent<ModelCluster> operate(String what, Step<Operation> step) {
        return () -> Arbitraries.of(Operation.values())
            .map((operation) -> Transformer.mutate(operation + " " + what,
                    (cluster) -> step.apply(cluster, operation)));
    }

    /** Something that happens. */
    @FunctionalInterface
    private interface Step<T> {

        void apply(ModelCluster cluster, T argument);

    }

}
