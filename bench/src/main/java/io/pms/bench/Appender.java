package io.pms.bench;

import java.util.List;

/** A client that appends to an aggregate of its own, an event at a time. */
final class Appender implements Clients.Request {
    private final Store store;
    private final String aggregateId = Sample.newAggregate();
    private long sequence;

    Appender(Store store) {
        this.store = store;
    }

    /** So many of them, new ones in each round. */
    static Subject subject(Store store, int clients, Budget budget) {
        return Subject.of(store.name(), () -> run(store, clients, budget));
    }

    static Outcome run(Store store, int clients, Budget budget) throws Exception {
        return Clients.run(clients, budget, 1, client -> new Appender(store));
    }

    @Override
    public int send() throws Exception {
        if (!store.append(List.of(Sample.of(aggregateId, sequence++))))
            throw new IllegalStateException(store.name() + " tells a conflict where none can be");
        return 1;
    }
}
