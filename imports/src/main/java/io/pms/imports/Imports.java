package io.pms.imports;

import io.pms.command.Commands;
import io.pms.http.Caller;
import io.pms.http.Problem;
import io.pms.imports.Script.Stage;
import io.pms.imports.history.HistoryImport;
import io.pms.imports.plan.PlanImport;
import io.pms.log.EventLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Imports files through the command side. The whole file is read and checked before the first
 * command; the same content under the same project name means the same commands with the same keys,
 * so that a second run completes what an interrupted one left out and otherwise changes nothing.
 * Thread-safe. {@code docs/imports.md} says what is read and how it maps.
 */
public final class Imports {
    private final Commands commands;
    private final EventLog log;
    private final Visibility visibility;
    private final InstantSource clock;

    public Imports(Commands commands, EventLog log, Visibility visibility, InstantSource clock) {
        this.commands = commands;
        this.log = log;
        this.visibility = visibility;
        this.clock = clock;
    }

    /**
     * Returns when queries show all of it.
     *
     * @param projectName null for the file's own
     * @throws Problem {@code bad-import-file}, {@code unknown-import-format} or {@code
     *     import-too-large} before anything is stored and before the first progress; what a command
     *     is answered, when one fails: then run it again
     */
    public Summary run(
            Caller caller, Source file, @Nullable String projectName, Progress progress) {
        long start = System.nanoTime();
        try {
            Content content = Content.of(file);
            Script script = read(content, caller.tenant(), projectName);
            Dispatcher dispatcher = new Dispatcher(commands, log, caller, content.digest());
            for (Stage stage : script.stages()) dispatcher.dispatch(stage, progress);
            progress.at("visible", 0, 1);
            visibility.await(caller.tenant(), dispatcher.position());
            return new Summary(
                    script.projectId(),
                    script.tasks(),
                    script.commands(),
                    dispatcher.stored(),
                    dispatcher.skipped(),
                    Math.round((System.nanoTime() - start) / 1e6) / 1e3);
        } catch (IOException e) {
            throw new UncheckedIOException("the file cannot be read: " + file.path(), e);
        }
    }

    private Script read(Content content, String tenant, @Nullable String projectName)
            throws IOException {
        if (content.startsWith('P', 'K', 3, 4))
            throw BadFile.unknownFormat(
                    "this is a ZIP archive; unpack it and import the file inside");
        boolean xml = XmlFile.looksLikeIt(content);
        if (xml && XmlFile.root(content).equals("log"))
            return HistoryImport.read(content, tenant, projectName, clock.instant());
        if (xml) XmlFile.check(content);
        return PlanImport.read(content, tenant, projectName);
    }
}
