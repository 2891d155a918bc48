package io.pms.standalone;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line. The exit code is 0 when all is well; the reason for another is the last line.
 */
@Command(
        name = "pms",
        description = "Project management that can prove what happened.",
        subcommands = {
            UpCommand.class,
            ImportCommand.class,
            VerifyCommand.class,
            RestoreCommand.class,
            DrillCommand.class,
            BackupCommand.class,
            ProjectionsCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "The launcher also knows: pms test [MODULE], every test or one module's; pms bench,"
                    + " measurements."
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Pms {
    private Pms() {}

    public static void main(String[] arguments) {
        int code =
                new CommandLine(new Pms())
                        .setExecutionExceptionHandler(Failures::report)
                        .execute(arguments);
        if (code != UpCommand.RUNNING) System.exit(code);
    }
}
