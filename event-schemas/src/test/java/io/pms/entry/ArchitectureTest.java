package io.pms.entry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses MODULE =
            new ClassFileImporter()
                    .importUrl(Entry.class.getProtectionDomain().getCodeSource().getLocation());

    /** No other package of PMS, no Spring, no Axon, no SQL: everything else reads these records. */
    @Test
    void dependsOnTheJdkAndJacksonOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.pms.event",
                        "io.pms.entry",
                        "java.io",
                        "java.lang..",
                        "java.math",
                        "java.nio..",
                        "java.security",
                        "java.time..",
                        "java.util..",
                        "tools.jackson..",
                        "com.fasterxml.jackson.annotation",
                        "org.jspecify.annotations")
                .check(MODULE);
    }

    @Test
    void keepsEventsFreeOfTheirEncoding() {
        noClasses()
                .that()
                .resideInAPackage("io.pms.event")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.pms.entry")
                .check(MODULE);
    }

    @Test
    void isNullMarkedEverywhere() {
        assertThat(MODULE).allMatch(type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }
}
