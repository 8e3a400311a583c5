package store.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import fixtures.TestDatabase;
import org.junit.jupiter.api.Test;
import replication.execution.state.ExecutionState;
import replication.execution.state.TaskState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Sets of states stand in the tables of {@code replication.execution.state} alone. */
class StateSqlTest {

    private static final String STATE = Stream
        .concat(Arrays.stream(ExecutionState.values()).map(ExecutionState::id),
                Arrays.stream(TaskState.values()).map(TaskState::id))
        .distinct()
        .collect(Collectors.joining("|", "'(?:", ")'"));

    // Two states side by side, a list of one that is to grow, and what joins two by OR.
    private static final Pattern LIST = Pattern
        .compile(STATE + "\\s*,\\s*" + STATE + "|\\bstate\\s+(?:NOT\\s+)?IN\\s*\\(\\s*'|" + STATE
                + "\\s+OR\\s+(?:\\w+\\.)?state\\s*=|\\bcase\\s+[A-Z]+,\\s*[A-Z]+");

    @Test
    void no_statement_lists_states_by_hand() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path root : List.of(Path.of("src/main/java/store"), Path.of("src/main/resources/camel"))) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    LIST.matcher(Files.readString(file))
                        .results()
                        .map(MatchResult::group)
                        .forEach((list) -> found.add(file + ": " + list));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void a_list_by_hand_would_be_found() {
        assertThat(LIST.matcher("state IN ('running', 'paused')").find()).isTrue();
        assertThat(LIST.matcher("e.state IN ('running')").find()).isTrue();
        assertThat(LIST.matcher("e.state = 'running' OR e.state = 'paused'").find()).isTrue();
        assertThat(LIST.matcher("state = ANY ('{}') OR x IN ('running',\n 'paused')").find()).isTrue();
        assertThat(LIST.matcher("state = 'running' AND state IN ({task open})").find()).isFalse();
    }

    @Test
    void a_set_is_named_by_what_it_means_or_by_the_state_that_may_follow() {
        assertThat(StateSql.render("state IN ({execution open})"))
            .isEqualTo("state IN ('pending', 'running', 'paused', 'stopping')");
        assertThat(StateSql.render("state IN ({task to queued}) AND id = {execution}"))
            .isEqualTo("state IN ('pending', 'retrying') AND id = {execution}");
        assertThatIllegalArgumentException().isThrownBy(() -> StateSql.render("state IN ({task gone})"))
            .withMessage("there is no set of states {task gone}");
    }

    @Test
    void open_and_ended_states_are_all_states() {
        for (TaskState state : TaskState.values()) {
            assertThat(StateSql.render("{task open}").contains(state.id())).isNotEqualTo(state.terminal());
        }
        for (ExecutionState state : ExecutionState.values()) {
            assertThat(StateSql.render("{execution open}").contains(state.id())).isNotEqualTo(state.terminal());
            assertThat(StateSql.render("{execution ended}").contains(state.id())).isEqualTo(state.terminal());
        }
    }

    /**
     * The planner uses a partial index only where the predicate follows from the
     * statement's list: a state that joins one of these sets needs its index made anew.
     */
    @Test
    void the_partial_indexes_have_the_predicates_of_the_sets() {
        try (TestDatabase test = TestDatabase.create()) {
            assertThat(predicate(test, "execution_open_idx")).isEqualTo(states("{execution open}"));
            assertThat(predicate(test, "task_in_work_idx")).isEqualTo(states("{task in work}"));
            assertThat(predicate(test, "task_apart_idx")).containsAll(states("{task ended without work}"));
        }
    }

    private static Set<String> predicate(TestDatabase test, String index) {
        String definition = test.jdbc()
            .sql("SELECT indexdef FROM pg_indexes WHERE indexname = :name")
            .param("name", index)
            .query(String.class)
            .single();
        return states(definition.substring(definition.indexOf(" WHERE ")));
    }

    private static Set<String> states(String sql) {
        return Pattern.compile(STATE)
            .matcher(StateSql.render(sql))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toCollection(TreeSet::new));
    }

}
