package api;

/** A namespace of a registry. */
record NamespaceView(String name) {
}
