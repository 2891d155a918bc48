package io.pms.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page.
 *
 * @param total how many there are on all pages
 * @param nextCursor what to send as {@code cursor} to get the next page; null on the last
 * @param leftOut how many of the organisation's aggregates are parked in what was asked: their
 *     entries are missing or older than {@code position}; 0 when all is well
 * @param position the last position of the log that the answer shows, -1 before the first
 */
public record ItemList<T>(
        List<T> items, long total, @Nullable String nextCursor, long leftOut, long position) {}
