package io.pms.bench.torture;

import java.nio.file.Path;
import java.util.List;

/**
 * What came of a run.
 *
 * @param missing what has not happened, so that the run proves less than it should
 * @param home where data and logs are; deleted when all is well
 */
record Verdict(List<Violation> violations, Summary summary, List<String> missing, Path home) {
    /** 0 when everything held and enough happened, 1 when an invariant is broken, 2 otherwise. */
    int exitCode() {
        if (!violations.isEmpty()) return 1;
        return missing.isEmpty() ? 0 : 2;
    }

    String lastLine() {
        if (!violations.isEmpty()) return "violated: " + violations.getFirst();
        if (!missing.isEmpty())
            return "proves too little: there was no " + String.join(", no ", missing);
        return "every invariant held";
    }
}
