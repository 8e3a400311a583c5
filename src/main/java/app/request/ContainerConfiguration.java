package app.request;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.stream.Stream;

import app.settings.Settings;
import io.swagger.v3.core.util.PrimitiveType;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import routes.ClosedHeaders;

/** The gates that a request passes, and what the container does by itself: nothing. */
@Configuration(proxyBeanMethods = false)
class ContainerConfiguration {

    // The OpenAPI document takes types that it does not know apart; these are text in
    // JSON.
    static {
        Stream.of(DayOfWeek.class, LocalTime.class, ZoneId.class)
            .forEach((type) -> PrimitiveType.customClasses().put(type.getName(), PrimitiveType.STRING));
    }

    /**
     * Bodies are read by {@link RequestBody} alone. A connection ends with what it leaves
     * unread, and a client that waits for {@code 100 Continue} gets it when the body is
     * read.
     */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> container() {
        return (factory) -> factory.addConnectorCustomizers((connector) -> {
            connector.setParseBodyMethods("");
            connector.setMaxPostSize(0);
            connector.setMaxSavePostSize(0);
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                http.setMaxSwallowSize(0);
                http.setContinueResponseTiming("onRead");
            }
        });
    }

    @Bean
    FilterRegistrationBean<RequestGate> requestGate(Settings settings) {
        Settings.Http http = settings.http();
        FilterRegistrationBean<RequestGate> gate = new FilterRegistrationBean<>(
                new RequestGate(new BodyMemory(http.bodyMemory().toBytes()), http.bodyTime()));
        gate.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return gate;
    }

    @Bean
    FilterRegistrationBean<ApiGate> apiGate(CamelContext camel, Settings settings) {
        FilterRegistrationBean<ApiGate> gate = new FilterRegistrationBean<>(new ApiGate(camel, settings.serves()));
        // After the login: without one, nothing is learned of the node.
        gate.setOrder(Ordered.LOWEST_PRECEDENCE);
        return gate;
    }

    /** Used by every endpoint of platform-http (application.yaml). */
    @Bean
    HeaderFilterStrategy closedHeaders() {
        return new ClosedHeaders();
    }

    /** Used by the routes of the API. */
    @Bean
    ApiRequests apiRequests(CamelContext camel) {
        return new ApiRequests(
                () -> camel.getCamelContextExtension().getContextPlugin(Model.class).getRestDefinitions());
    }

}
