package io.pms.bench;

/** Appends units of many events, as an import does. */
final class Importer implements Clients.Request {
    private static final int AGGREGATES = 100;
    private static final int EVENTS_PER_AGGREGATE = 10;

    private final Store store;

    private Importer(Store store) {
        this.store = store;
    }

    /**
     * @param inFlight units that are under way at the same time
     */
    static Subject subject(Store store, int inFlight, Budget budget) {
        int events = AGGREGATES * EVENTS_PER_AGGREGATE;
        return Subject.of(
                store.name(),
                () -> Clients.run(inFlight, budget, events, client -> new Importer(store)));
    }

    @Override
    public int send() throws Exception {
        if (!store.append(Sample.unit(AGGREGATES, EVENTS_PER_AGGREGATE)))
            throw new IllegalStateException(store.name() + " tells a conflict where none can be");
        return 1;
    }
}
