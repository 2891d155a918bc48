package io.pms.log.seal;

import org.jspecify.annotations.Nullable;

/**
 * What is done where sealed texts have no key: a log was restored without its keys, or with older
 * ones. A new key would hide that, and keep the right one out when it is found.
 */
enum LostKeys {
    /** Nobody gets another key while the old one may still be somewhere. */
    REFUSED,

    /** They are gone for good, an operator says: new keys are made, old texts stay unreadable. */
    ACCEPTED;

    static final String PROPERTY = "pms.keys.lost";

    static final String ADVICE =
            "bring keys back with ./pms backup restore-keys; when there is no backup that has them, say so with"
                    + " PMS_KEYS_LOST=accepted";

    /**
     * @param text null when nothing is said
     */
    static LostKeys parse(@Nullable String text) {
        if (text == null || text.isBlank()) return REFUSED;
        if (text.equals("accepted")) return ACCEPTED;
        throw new IllegalArgumentException("PMS_KEYS_LOST is accepted or not set, not " + text);
    }
}
