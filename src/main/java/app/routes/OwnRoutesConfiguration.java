package app.routes;

import java.nio.file.Path;

import app.settings.Settings;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Loads the operator's own routes, where there is a folder of them. */
@Configuration(proxyBeanMethods = false)
class OwnRoutesConfiguration {

    @Bean
    CamelContextConfiguration ownRoutes(Settings settings) {
        return new CamelContextConfiguration() {

            @Override
            public void beforeApplicationStart(CamelContext camel) {
                if (settings.routes().isBlank()) {
                    return;
                }
                try {
                    camel.addStartupListener(new OwnRoutes(Path.of(settings.routes())));
                }
                catch (Exception ex) {
                    throw new IllegalStateException("own routes cannot be loaded", ex);
                }
            }

            @Override
            public void afterApplicationStart(CamelContext camel) {
                // The listener does the work.
            }

        };
    }

}
