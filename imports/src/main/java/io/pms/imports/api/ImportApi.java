package io.pms.imports.api;

import io.pms.http.Caller;
import io.pms.http.CallerResolver;
import io.pms.http.Problem;
import io.pms.imports.Content;
import io.pms.imports.Imports;
import io.pms.imports.Source;
import io.pms.imports.Summary;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/imports?file=NAME[&project=NAME]} with the file as body. Answers a problem
 * document when the file is refused, else lines of progress and a last line: the summary, or the
 * problem that stopped it.
 */
@RestController
public class ImportApi {
    /** Each takes up to 512 MB of disk and a share of the log. */
    private static final int MAX_IMPORTS = 4;

    private static final int BUFFER = 1 << 16;
    private static final int RETRY_AFTER = 30;

    private final Imports imports;
    private final CallerResolver callers;
    private final Semaphore permits = new Semaphore(MAX_IMPORTS);

    public ImportApi(Imports imports, CallerResolver callers) {
        this.imports = imports;
        this.callers = callers;
    }

    @PostMapping("/api/imports")
    public void take(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = callers.resolve(request);
        ImportParameters parameters = ImportParameters.of(request.getQueryString());
        refuseForms(request);
        if (!permits.tryAcquire())
            throw new Problem(
                            503,
                            "too-many-imports",
                            "Too many imports",
                            MAX_IMPORTS + " imports are running; repeat this one later")
                    .retryAfter(RETRY_AFTER);
        try {
            spoolAndRun(caller, parameters, request, response);
        } finally {
            permits.release();
        }
    }

    private void spoolAndRun(
            Caller caller,
            ImportParameters parameters,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Path spooled = Files.createTempFile("pms-import-", null);
        try {
            spool(request, spooled);
            Source source = new Source(parameters.file(), spooled);
            run(caller, source, parameters, new Lines(response));
        } finally {
            Files.deleteIfExists(spooled);
        }
    }

    private void run(Caller caller, Source source, ImportParameters parameters, Lines lines) {
        try {
            Summary summary = imports.run(caller, source, parameters.project(), lines);
            lines.end(summary);
        } catch (ClientGoneException e) {
            // Nobody is left to tell; what is stored stays, and a repetition completes it.
            lines.gone(e);
        } catch (RuntimeException e) {
            if (!lines.begun()) throw e;
            lines.fail(e);
        }
    }

    private static void refuseForms(HttpServletRequest request) {
        String type = request.getContentType();
        if (type != null && type.startsWith("multipart/"))
            throw new Problem(
                    415,
                    "unsupported-media-type",
                    "Unsupported media type",
                    "the body must be the file itself, not a form; with curl: --data-binary @FILE");
    }

    private static void spool(HttpServletRequest request, Path to) throws IOException {
        if (request.getContentLengthLong() > Content.MAX_FILE_BYTES) throw Content.fileTooLarge();
        byte[] buffer = new byte[BUFFER];
        long total = 0;
        try (InputStream in = request.getInputStream();
                OutputStream out = Files.newOutputStream(to)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                total += read;
                if (total > Content.MAX_FILE_BYTES) throw Content.fileTooLarge();
                out.write(buffer, 0, read);
            }
        }
    }
}
