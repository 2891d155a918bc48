package io.pms.bench.torture;

import java.util.Locale;

/** What happens to a log's writers, its database and the wires between. */
enum Fault {
    /** kill -9 and a start on the same data. */
    KILL_DATABASE(Lane.DATABASE),
    /** An orderly stop and a start. */
    RESTART_DATABASE(Lane.DATABASE),
    /** SIGSTOP and SIGCONT. */
    SUSPEND_DATABASE(Lane.DATABASE),
    /** All connections taken, those of the writers broken. */
    EXHAUST_CONNECTIONS(Lane.DATABASE),
    /** Its files cannot grow. */
    FILL_DISK(Lane.DATABASE),
    /** kill -9, and a start of the next incarnation. */
    KILL_WRITER(Lane.WRITERS),
    /** SIGSTOP for longer than any timeout, and SIGCONT. */
    SUSPEND_WRITER(Lane.WRITERS),
    /** Its log closed while clients append, and opened again. */
    REOPEN_LOG(Lane.WRITERS),
    /** Connections that break at any byte, in either direction, told or not. */
    CUT_WIRES(Lane.WRITERS),
    /** An append that reaches the server after its writer gave it up. */
    DELAY_PACKET(Lane.WRITERS),
    /** KILL and KILL QUERY by an administrator. */
    KILL_QUERIES(Lane.WRITERS);

    /** Faults of one lane follow each other; the two lanes run at the same time. */
    enum Lane {
        DATABASE,
        WRITERS
    }

    private final Lane lane;

    Fault(Lane lane) {
        this.lane = lane;
    }

    Lane lane() {
        return lane;
    }

    boolean meetsOneWriter() {
        return this == KILL_WRITER || this == SUSPEND_WRITER || this == REOPEN_LOG;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
