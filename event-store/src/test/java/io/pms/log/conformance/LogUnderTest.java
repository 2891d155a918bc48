package io.pms.log.conformance;

import io.pms.log.EventLog;
import java.io.IOException;

/** One empty log of a store, as the suites use it. */
public interface LogUnderTest extends AutoCloseable {
    /** The log as one more process has it; closed with this. */
    EventLog open();

    /** The same, behind a wire that can be cut. */
    Wire openBehindAWire() throws IOException;

    /** What is wrong with what is stored; null when nothing is. */
    String problem();

    @Override
    void close();

    /** Stands between a process and what stores its log. */
    interface Wire {
        EventLog log();

        /** The next append is lost on its way. */
        void cutBeforeItArrives();

        /** The next append arrives, its answer is lost. */
        void cutBeforeItIsAnswered();

        /** The next append is held back; its sender sees a broken wire. */
        void hold();

        /** What was held back arrives now. Returns when the store has dealt with it. */
        void deliver();

        /** What was held back arrives just before its sender is back. */
        void deliverWhenItsSenderIsBack();

        /** Whether a cut or hold has happened. */
        boolean hasBroken();

        void refuseNewConnections(boolean refuse);
    }
}
