package oci.listing;

/**
 * Which names a list has brought, as hashes of 64 bits in an open table: ten bytes a name
 * rather than a hundred. Of a million names, two share a hash once in thirty million
 * lists.
 */
final class NameHashes {

    private static final long EMPTY = 0;

    private long[] table = new long[256];

    private int size;

    /** Whether it is new. */
    boolean add(String name) {
        if (2 * (this.size + 1) > this.table.length) {
            grow();
        }
        boolean fresh = put(this.table, hash(name));
        this.size += fresh ? 1 : 0;
        return fresh;
    }

    int size() {
        return this.size;
    }

    private void grow() {
        long[] larger = new long[2 * this.table.length];
        for (long hash : this.table) {
            if (hash != EMPTY) {
                put(larger, hash);
            }
        }
        this.table = larger;
    }

    private static boolean put(long[] table, long hash) {
        int at = (int) (hash & (table.length - 1));
        while (table[at] != EMPTY) {
            if (table[at] == hash) {
                return false;
            }
            at = (at + 1) & (table.length - 1);
        }
        table[at] = hash;
        return true;
    }

    /** FNV-1a with the last mix of SplitMix64. */
    private static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        return (hash != EMPTY) ? hash : 1;
    }

}
