package io.pms.archive;

/**
 * What is wrong with an archive, and where.
 *
 * @param first the first position that it is about
 * @param last the last one
 */
record ArchiveDamage(long first, long last, String problem) {
    boolean isWithin(long from, long to) {
        return first <= to && last >= from;
    }

    String text() {
        return place() + ": " + problem;
    }

    private String place() {
        return first == last
                ? "position %,d".formatted(first)
                : "positions %,d to %,d".formatted(first, last);
    }
}
