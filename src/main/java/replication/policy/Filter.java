package replication.policy;

import replication.ResourceType;

/** Narrows what a policy replicates. All filters of a policy must let a thing pass. */
public sealed interface Filter {

    /** The filter's type by the API's name. */
    String type();

    /** By the repository's whole name, such as {@code library/app}. */
    record Name(Glob glob, Decoration decoration) implements Filter {

        @Override
        public String type() {
            return "name";
        }

        public boolean accepts(String repository) {
            return this.decoration.accepts(this.glob.matches(repository));
        }

    }

    /** By the tag. */
    record Tag(Glob glob, Decoration decoration) implements Filter {

        @Override
        public String type() {
            return "tag";
        }

        public boolean accepts(String tag) {
            return this.decoration.accepts(this.glob.matches(tag));
        }

    }

    /** By what kind of thing it is. */
    record Resource(ResourceType resource) implements Filter {

        @Override
        public String type() {
            return "resource";
        }

    }

    /** Whether what matches goes in or stays out; named as Harbor names it. */
    enum Decoration {

        MATCHES, EXCLUDES;

        boolean accepts(boolean match) {
            return (this == MATCHES) == match;
        }

    }

}
