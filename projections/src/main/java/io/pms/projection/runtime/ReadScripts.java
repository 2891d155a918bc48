package io.pms.projection.runtime;

/** Scripts that read what projections have written. */
public final class ReadScripts {
    private static final String RESOLVE = Script.text(Script.class, "resolve.lua");

    private ReadScripts() {}

    /**
     * A script of another package with what finds the build that answers in front: {@code
     * resolve(tag, versions)} in {@code resolve.lua}. Its keys are {@link Partition#keys()}.
     */
    public static String text(Class<?> owner, String file) {
        return RESOLVE + "\n" + Script.text(owner, file);
    }
}
