package replication.execution;

/**
 * One reference that differs, or may.
 *
 * @param reference a tag
 * @param sourceDigest what it is at the source; empty where that has not been asked
 * @param destinationDigest what it is at the destination; empty where it is not there
 */
public record Change(String reference, String sourceDigest, String destinationDigest) {
}
