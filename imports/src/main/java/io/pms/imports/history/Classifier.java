package io.pms.imports.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which attributes of an event say what happened.
 *
 * @param keys their keys, in order
 */
record Classifier(String name, List<String> keys) {
    /** Keys are separated by spaces; one with spaces stands in quotes. */
    private static final Pattern KEY = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    private static final Classifier BY_NAME =
            new Classifier("concept:name", List.of("concept:name"));

    Classifier {
        keys = List.copyOf(keys);
    }

    static Classifier of(String name, String keys) {
        List<String> list = new ArrayList<>();
        for (Matcher key = KEY.matcher(keys); key.find(); )
            for (int group = 1; group <= 3; group++)
                if (key.group(group) != null && !key.group(group).isEmpty())
                    list.add(key.group(group));
        return new Classifier(name, list);
    }

    /**
     * The one called "Activity classifier", else the first with "activity" in its name, else {@code
     * concept:name}.
     */
    static Classifier choose(List<Classifier> classifiers) {
        for (Classifier classifier : classifiers)
            if (classifier.name().equalsIgnoreCase("Activity classifier")
                    && !classifier.keys().isEmpty()) return classifier;
        for (Classifier classifier : classifiers)
            if (classifier.name().toLowerCase(Locale.ROOT).contains("activity")
                    && !classifier.keys().isEmpty()) return classifier;
        return BY_NAME;
    }
}
