package adapters.signed;

/**
 * A repository's name as these clouds have it.
 *
 * @param namespace its first level
 * @param name all others
 */
public record RepositoryPath(String namespace, String name) {

    /**
     * The path of a name that the adapter's rules allow; a name of one level has none.
     */
    public static RepositoryPath of(String repository) {
        int slash = repository.indexOf('/');
        return (slash < 0) ? new RepositoryPath("", repository)
                : new RepositoryPath(repository.substring(0, slash), repository.substring(slash + 1));
    }

    /** The path of a repository that a listing names with its namespace or without. */
    public static RepositoryPath listed(String namespace, String name) {
        return name.startsWith(namespace + "/") ? of(name) : new RepositoryPath(namespace, name);
    }

    /** The whole name. */
    @Override
    public String toString() {
        return this.namespace.isEmpty() ? this.name : this.namespace + "/" + this.name;
    }

}
