package io.pms.event;

import org.jspecify.annotations.Nullable;

/** Reads personal texts, as long as they can be read. Thread-safe. */
@FunctionalInterface
public interface PersonalTexts {
    /** For where there are no keys: reads what was never sealed. */
    PersonalTexts CLEAR_ONLY =
            (tenant, text) ->
                    switch (text) {
                        case Personal.Clear clear -> Opened.of(clear.text());
                        case Personal.Sealed sealed -> Opened.UNREADABLE;
                    };

    /**
     * Never fails because of the text: what was erased, what was changed and what has lost its key
     * is only not there.
     *
     * @param tenant the organisation of the event that the text is from
     */
    Opened open(String tenant, Personal text);

    /**
     * The log says at this point that a person was erased: from here on no text of theirs is
     * opened, also where nothing else has told so yet.
     */
    default void erased(String tenant, String personId) {}

    /**
     * What can be read of a text.
     *
     * @param text null when it cannot be read
     * @param erased whether that is so because the person was erased
     */
    record Opened(@Nullable String text, boolean erased) {
        public static final Opened ERASED = new Opened(null, true);

        /** Its key is lost, or it is not what was stored. */
        public static final Opened UNREADABLE = new Opened(null, false);

        public static Opened of(String text) {
            return new Opened(text, false);
        }
    }
}
