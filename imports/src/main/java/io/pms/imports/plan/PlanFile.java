package io.pms.imports.plan;

import io.pms.http.Problem;
import io.pms.imports.BadFile;
import io.pms.imports.Content;
import java.io.IOException;
import java.io.InputStream;
import org.mpxj.MPXJException;
import org.mpxj.ProjectFile;
import org.mpxj.reader.UniversalProjectReader;

/** Reads plans with MPXJ, which knows the format by the content. */
final class PlanFile {
    /** MPXJ holds a plan in memory several times; the largest real ones have some 50 MB. */
    private static final long MAX_BYTES = 256L << 20;

    private PlanFile() {}

    /**
     * The plan; of a file with several, the one that was exported.
     *
     * @throws Problem 415 when no format fits, 422 when the file is broken, 413 when it is too
     *     large for memory
     */
    static ProjectFile read(Content content) throws IOException {
        if (content.bytes() > MAX_BYTES)
            throw BadFile.tooLarge("a plan may have " + (MAX_BYTES >> 20) + " MB");
        try (InputStream in = content.open()) {
            ProjectFile file = new UniversalProjectReader().read(in);
            if (file == null)
                throw BadFile.unknownFormat(
                        "this is neither a plan that is known (Microsoft Project MPP, MPX and XML,"
                                + " Primavera XER and PMXML, Planner, and others) nor an event history in XES");
            return file;
        } catch (MPXJException e) {
            throw broken(e);
        } catch (Problem e) {
            throw e;
        } catch (RuntimeException e) { // of MPXJ, for many kinds of damage
            throw broken(e);
        }
    }

    private static Problem broken(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) root = root.getCause();
        Problem problem =
                BadFile.because(
                        "the plan cannot be read to its end ("
                                + root.getClass().getSimpleName()
                                + (root.getMessage() == null ? "" : ": " + root.getMessage())
                                + "); export it again");
        problem.initCause(e);
        return problem;
    }
}
