package io.pms.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer that is not what the caller wanted: an RFC 9457 problem document.
 *
 * <p>{@code type} is {@code urn:pms:problem:<kind>}; the kinds are listed in {@code
 * docs/problems.md}. The detail says what to do.
 */
public final class Problem extends RuntimeException {
    private final int status;
    private final String kind;
    private final String title;
    private final Map<String, Object> members = new LinkedHashMap<>();

    /**
     * @param kind a stable word for programs, for example {@code illegal-transition}
     * @param title the kind in words, the same every time
     * @param detail what is wrong this time and what to do
     */
    public Problem(int status, String kind, String title, String detail) {
        super(detail);
        this.status = status;
        this.kind = kind;
        this.title = title;
    }

    /** Adds an extension member and answers this. */
    public Problem with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    /** Says when to try again, in seconds; sent as {@code Retry-After} too. */
    public Problem retryAfter(int seconds) {
        return with("retryAfterSeconds", seconds);
    }

    public int status() {
        return status;
    }

    public String kind() {
        return kind;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public Map<String, Object> members() {
        return Map.copyOf(members);
    }
}
