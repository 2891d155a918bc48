package io.pms.bench;

import java.util.List;

/** A client that is not the only one to append to its aggregate: who is late does it again. */
final class Rival implements Clients.Request {
    /** A client that is refused more often than that is starved. */
    private static final int MAX_ATTEMPTS = 10_000;

    private final Store store;
    private final String aggregateId;

    private Rival(Store store, String aggregateId) {
        this.store = store;
        this.aggregateId = aggregateId;
    }

    /** Clients that share new aggregates in each round, as many for each of them. */
    static Subject subject(Store store, int clients, int aggregates, Budget budget) {
        return Subject.of(
                store.name(),
                () -> {
                    List<String> ids = Sample.newAggregates(aggregates);
                    return Clients.run(
                            clients,
                            budget,
                            1,
                            client -> new Rival(store, ids.get(client % aggregates)));
                });
    }

    @Override
    public int send() throws Exception {
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            long next = store.lastSequence(aggregateId) + 1;
            if (store.append(List.of(Sample.of(aggregateId, next)))) return attempt;
        }
        throw new IllegalStateException(
                store.name() + " refused a client " + MAX_ATTEMPTS + " times");
    }
}
