package io.pms.log;

/**
 * What is wrong, and where.
 *
 * @param first the first position that it is about
 * @param last the last one
 */
record Damage(Kind kind, long first, long last, String detail) {
    enum Kind {
        MISSING,
        MISMATCH,
        UNREADABLE,
        TIME
    }

    static Damage missing(long first, long last) {
        return new Damage(Kind.MISSING, first, last, "");
    }

    static Damage at(Kind kind, long position, String detail) {
        return new Damage(kind, position, position, detail);
    }

    boolean isWithin(MerkleFrontier.Subtree subtree) {
        return first <= subtree.last() && last >= subtree.first();
    }

    static String range(long first, long last) {
        return first == last ? "position " + first : "positions " + first + " to " + last;
    }

    /**
     * @param otherwiseIntact whether the frontier shows that the event itself is what was stored
     */
    String text(boolean otherwiseIntact) {
        String place = range(first, last);
        return switch (kind) {
            case MISSING -> place + (first == last ? " is" : " are") + " missing";
            case MISMATCH ->
                    otherwiseIntact
                            ? place + ": only its leaf_check was changed, the event was not"
                            : place + ": the event is not the one that was stored";
            case UNREADABLE -> place + ": the row cannot be an event's: " + detail;
            case TIME -> place + ": recorded time goes back";
        };
    }
}
