package io.pms.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ArchiveIntervalTest {
    private static Duration interval(Map<String, String> said, String durability) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("PMS_DURABILITY", durability)));
        Binder binder = new Binder(new MapConfigurationPropertySource(said));
        return ArchiveAutoConfiguration.interval(
                        binder.bindOrCreate("pms.archive", Bindable.of(ArchiveProperties.class)),
                        environment)
                .least();
    }

    @Test
    void isASecondUnlessCommandsWait() {
        assertThat(interval(Map.of(), "mysql")).isEqualTo(Duration.ofSeconds(1));
        assertThat(interval(Map.of(), "archive")).isZero();
    }

    @Test
    void isWhatIsSaid() {
        Map<String, String> said = Map.of("pms.archive.interval", "10s");
        assertThat(interval(said, "mysql")).isEqualTo(Duration.ofSeconds(10));
        assertThat(interval(said, "archive")).isEqualTo(Duration.ofSeconds(10));
    }
}
