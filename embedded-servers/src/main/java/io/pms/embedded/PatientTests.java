package io.pms.embedded;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets every test wait as long as a busy machine needs for what must come. JUnit finds it in every
 * module that tests with these servers; nothing else loads it, and neither JUnit nor Awaitility
 * comes with this module.
 */
public final class PatientTests implements LauncherSessionListener {
    /** Far beyond the pauses of a shared machine, and no test waits for it to be over. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(PATIENCE);
    }
}
