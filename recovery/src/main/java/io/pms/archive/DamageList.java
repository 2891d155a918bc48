package io.pms.archive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with an archive, as far as it is told. */
final class DamageList {
    /** More are counted, not named. */
    static final int MAX_NAMED = 20;

    private DamageList() {}

    static List<String> texts(List<ArchiveDamage> damages) {
        List<String> texts =
                damages.stream()
                        .sorted(Comparator.comparingLong(ArchiveDamage::first))
                        .map(ArchiveDamage::text)
                        .distinct()
                        .toList();
        if (texts.size() <= MAX_NAMED) return texts;
        List<String> named = new ArrayList<>(texts.subList(0, MAX_NAMED));
        named.add("and more");
        return named;
    }
}
