package bench;

import app.Drayage;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import replication.registry.RegistryAdapter;

/** The service as it is, with one adapter more. */
public final class EngineNode {

    private EngineNode() {
    }

    public static void main(String[] args) {
        new SpringApplication(Drayage.class, Unchanged.class).run(args);
    }

    /** The adapter more. */
    @Configuration(proxyBeanMethods = false)
    static class Unchanged {

        @Bean
        RegistryAdapter unchangedAdapter() {
            return new UnchangedAdapter(Integer.getInteger("bench.repositories", 10_000),
                    Integer.getInteger("bench.tags", 10));
        }

    }

}
