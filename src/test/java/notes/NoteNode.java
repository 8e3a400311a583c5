package notes;

import app.Drayage;
import fixtures.NamedValueFilter;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import replication.execution.copy.ResourceHandler;
import replication.policy.FilterKind;
import replication.registry.Connections;
import replication.registry.RegistryAdapter;

/** The service as it is, with notes: the one place where they are wired. */
public final class NoteNode {

    private NoteNode() {
    }

    public static void main(String[] args) {
        new SpringApplication(Drayage.class, Notes.class).run(args);
    }

    /** The handler, the adapter and a filter. */
    @Configuration(proxyBeanMethods = false)
    static class Notes {

        @Bean
        RegistryAdapter noteAdapter() {
            return new NoteAdapter();
        }

        @Bean
        FilterKind namedValueFilter() {
            return new NamedValueFilter();
        }

        @Bean
        ResourceHandler noteHandler(Connections connections) {
            return new NoteHandler(connections);
        }

    }

}
