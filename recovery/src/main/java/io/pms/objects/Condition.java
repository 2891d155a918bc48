package io.pms.objects;

/** When a write may take place. */
public sealed interface Condition {
    /** Whatever is there. */
    record Always() implements Condition {}

    /** Only if there is no object. */
    record IfAbsent() implements Condition {}

    /** Only if the object there has this version. */
    record IfVersion(String version) implements Condition {}

    static Condition always() {
        return new Always();
    }

    static Condition ifAbsent() {
        return new IfAbsent();
    }

    static Condition ifVersion(String version) {
        return new IfVersion(version);
    }
}
