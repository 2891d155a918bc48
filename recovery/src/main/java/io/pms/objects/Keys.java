package io.pms.objects;

import java.util.regex.Pattern;

/**
 * What a key may be. Names that begin with a dot are ours (temporary files, locks), and so {@code
 * ..} cannot lead out of a folder.
 */
final class Keys {
    private static final String NAME = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,254}";
    private static final Pattern KEY = Pattern.compile(NAME + "(?:/" + NAME + ")*");
    private static final Pattern PREFIX = Pattern.compile("(?:" + NAME + "/)*(?:" + NAME + ")?");

    private Keys() {}

    static boolean isKey(String text) {
        return text.length() <= ObjectStore.MAX_KEY_LENGTH && KEY.matcher(text).matches();
    }

    static String check(String key) {
        if (!isKey(key)) throw new IllegalArgumentException("not a key of an object: " + key);
        return key;
    }

    static String checkPrefix(String prefix) {
        if (prefix.length() > ObjectStore.MAX_KEY_LENGTH || !PREFIX.matcher(prefix).matches())
            throw new IllegalArgumentException("not the beginning of a key: " + prefix);
        return prefix;
    }

    static int checkLimit(int limit) {
        if (limit < 1 || limit > ObjectStore.MAX_LIST)
            throw new IllegalArgumentException(
                    "a list has 1 to " + ObjectStore.MAX_LIST + " keys, not " + limit);
        return limit;
    }
}
