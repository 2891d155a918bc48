package io.pms.projection;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses MODULE =
            new ClassFileImporter()
                    .importUrl(
                            Projection.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void dependsOnTheLogAndItsEventsOnly() {
        classes()
                .that()
                .resideInAPackage("io.pms.projection")
                .should()
                .onlyDependOnClassesThat(
                        Predicates.resideInAnyPackage(
                                        "io.pms.projection..",
                                        "io.pms.log",
                                        "io.pms.entry",
                                        "io.pms.event")
                                .or(Predicates.resideOutsideOfPackage("io.pms..")))
                .check(MODULE);
    }

    /** A fold says what is written and knows neither Redis nor the log nor the time. */
    @Test
    void foldsWithoutRedisAndTheLog() {
        classes()
                .that()
                .implement(Projection.class)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.pms.projection",
                        "io.pms.entry",
                        "io.pms.event",
                        "java.lang..",
                        "java.util..",
                        "java.math",
                        "tools.jackson..",
                        "org.jspecify.annotations")
                .check(MODULE);
    }

    @Test
    void talksToRedisInTheRuntimeOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.pms.projection.runtime")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.data.redis..", "io.lettuce..")
                .check(MODULE);
    }

    /** The runtime is a loop of its own. */
    @Test
    void knowsNeitherAxonNorSqlNorHttp() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.axonframework..",
                        "java.sql",
                        "javax.sql",
                        "jakarta.servlet..",
                        "org.springframework.web..")
                .check(MODULE);
    }

    @Test
    void isNullMarkedEverywhere() {
        assertThat(MODULE).allMatch(type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }
}
