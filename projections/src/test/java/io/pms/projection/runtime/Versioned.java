package io.pms.projection.runtime;

import io.pms.projection.Projection;
import io.pms.projection.Recorded;
import io.pms.projection.Writes;

/** A projection under another version. */
record Versioned(Projection projection, int version) implements Projection {
    @Override
    public String name() {
        return projection.name();
    }

    @Override
    public void apply(Recorded recorded, Writes writes) {
        projection.apply(recorded, writes);
    }
}
