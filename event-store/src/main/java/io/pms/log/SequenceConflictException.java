package io.pms.log;

/** Another append took this sequence of the aggregate. Nothing was stored; retry on fresh state. */
public final class SequenceConflictException extends RuntimeException {
    private final String aggregateId;
    private final long sequence;

    public SequenceConflictException(String aggregateId, long sequence) {
        super("sequence " + sequence + " of aggregate " + aggregateId + " is taken");
        this.aggregateId = aggregateId;
        this.sequence = sequence;
    }

    public String aggregateId() {
        return aggregateId;
    }

    public long sequence() {
        return sequence;
    }
}
