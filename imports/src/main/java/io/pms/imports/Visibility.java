package io.pms.imports;

/** Knows when queries show what was stored. */
public interface Visibility {
    /** Returns when everything up to the position, this one included, can be seen by the tenant. */
    void await(String tenant, long position);
}
