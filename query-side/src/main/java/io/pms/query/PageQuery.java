package io.pms.query;

import java.util.List;

/**
 * Which entities, in which order. Indexes are sorted sets of ids.
 *
 * @param index where the candidates are
 * @param low lowest score of candidates, {@code -inf} for all
 * @param high highest score
 * @param order the index to sort by; empty for the order of {@code index}
 * @param textField the field with the text that {@code order} sorts by; empty when it has scores
 * @param within indexes that an entity must be in
 * @param without indexes that it must not be in
 * @param related kinds of hashes that come with an entity, a letter each
 */
public record PageQuery(
        String index,
        String low,
        String high,
        String order,
        String textField,
        boolean descending,
        List<String> within,
        List<String> without,
        String related) {
    /** What lists of projects and people can be sorted by; a minus is for the reverse. */
    public static final List<String> BY_NAME_OR_TIME =
            List.of("name", "-name", "created", "-created", "updated", "-updated");

    public PageQuery {
        within = List.copyOf(within);
        without = List.copyOf(without);
    }

    /** Everything in an index, in its order. */
    public static PageQuery all(String index, boolean descending, String related) {
        return new PageQuery(
                index, "-inf", "+inf", "", "", descending, List.of(), List.of(), related);
    }

    /**
     * Everything in the index of that name.
     *
     * @param sort the index, with a minus in front for the reverse
     */
    public static PageQuery sortedBy(String sort, String related) {
        return sort.startsWith("-")
                ? all(sort.substring(1), true, related)
                : all(sort, false, related);
    }
}
