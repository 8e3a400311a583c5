package routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RemoveHeadersDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds of every route, so that none is written otherwise one day. */
class ApiRoutesTest {

    static Stream<RouteDefinition> ofTheApi() throws Exception {
        return routes(new ApiRoutes(), new ExecutionRoutes());
    }

    static Stream<RouteDefinition> thatLeave() throws Exception {
        return routes(new NotifyRoute(), new DeliverRoutes(), new DiscoverRoute(), new DutyRoutes(),
                new SummariseRoute(), new TransferRoute())
            .filter((route) -> steps(route).stream().anyMatch(ApiRoutesTest::leaves));
    }

    private static Stream<RouteDefinition> routes(RouteBuilder... builders) throws Exception {
        List<RouteDefinition> routes = new ArrayList<>();
        CamelContext neverStarted = new DefaultCamelContext();
        for (RouteBuilder builder : builders) {
            builder.setCamelContext(neverStarted);
            builder.configure();
            routes.addAll(builder.getRouteCollection().getRoutes());
        }
        return routes.stream();
    }

    @Test
    void every_operation_of_the_surface_has_its_route_and_no_route_is_left_over() throws Exception {
        List<String> operations = Pattern.compile("to: direct:([a-z-]+)")
            .matcher(Files.readString(Path.of("src/main/resources/camel/rest.camel.yaml")))
            .results()
            .map((operation) -> operation.group(1))
            .toList();

        assertThat(ofTheApi().map(RouteDefinition::getId)
            .filter((id) -> !Set.of("answer", "operated", "webhooks-allow").contains(id)))
            .containsExactlyInAnyOrderElementsOf(operations);
    }

    @ParameterizedTest
    @MethodSource("ofTheApi")
    void a_bean_is_never_called_with_an_expression(RouteDefinition route) {
        assertThat(steps(route)).isNotEmpty().allSatisfy((step) -> {
            if (step instanceof BeanDefinition bean) {
                assertThat(bean.getMethod()).as(route.getId()).matches("[a-z]+");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("thatLeave")
    void a_message_leaves_without_the_headers_that_it_came_with(RouteDefinition route) {
        List<ProcessorDefinition<?>> steps = steps(route);
        int cleared = 0;
        while (cleared < steps.size() && !(steps.get(cleared) instanceof RemoveHeadersDefinition all
                && all.getPattern().equals("*") && all.getExcludePattern() == null)) {
            cleared++;
        }
        assertThat(steps.subList(0, cleared)).as(route.getId()).noneMatch(ApiRoutesTest::leaves);
    }

    @ParameterizedTest
    @ValueSource(strings = { "q", "status", "Status", "id", "CamelBeanMethodName", "Content-Type", "CamelHttpUri" })
    void nothing_of_a_request_becomes_a_header(String name) throws IOException {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            assertThat(new ClosedHeaders().applyFilterToExternalHeaders(name, "x", new DefaultExchange(camel)))
                .isTrue();
        }
    }

    private static boolean leaves(ProcessorDefinition<?> step) {
        return step instanceof ToDefinition to && to.getUri().matches("(https?|smtps?|netty.*|jms|kafka):.*");
    }

    private static List<ProcessorDefinition<?>> steps(ProcessorDefinition<?> of) {
        List<ProcessorDefinition<?>> steps = new ArrayList<>();
        for (ProcessorDefinition<?> step : of.getOutputs()) {
            steps.add(step);
            steps.addAll(steps(step));
        }
        return steps;
    }

}
