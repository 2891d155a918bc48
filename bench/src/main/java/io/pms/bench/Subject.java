package io.pms.bench;

/** Something that is measured side by side with others. */
interface Subject {
    String name();

    /** Does a round of the work and tells what came of it. */
    Outcome round() throws Exception;

    static Subject of(String name, Round round) {
        return new Subject() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Outcome round() throws Exception {
                return round.run();
            }
        };
    }

    /** The work of a round. */
    interface Round {
        Outcome run() throws Exception;
    }
}
