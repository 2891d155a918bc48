package io.pms.command;

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
                    .importUrl(Commands.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void dependsOnTheLogItsEventsAndHttpOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        Predicates.resideInAnyPackage(
                                        "io.pms.command..",
                                        "io.pms.log..",
                                        "io.pms.entry",
                                        "io.pms.event",
                                        "io.pms.http")
                                .or(Predicates.resideOutsideOfPackage("io.pms..")))
                .check(MODULE);
    }

    /** Deciding and evolving are pure: no framework, no log; "now" and ids come in as arguments. */
    @Test
    void decidesAndEvolvesWithoutFrameworksOrTheLog() {
        classes()
                .that()
                .haveSimpleNameEndingWith("Decider")
                .or()
                .haveSimpleNameEndingWith("State")
                .should()
                .onlyDependOnClassesThat(
                        Predicates.resideInAnyPackage(
                                        "io.pms.command..",
                                        "io.pms.event",
                                        "java.lang..",
                                        "java.math",
                                        "java.util",
                                        "java.util.function",
                                        "java.util.stream",
                                        "org.jspecify.annotations")
                                .or(Predicates.type(java.time.LocalDateTime.class))
                                .or(Predicates.type(java.time.LocalDate.class))
                                .or(Predicates.type(java.time.chrono.ChronoLocalDate.class)))
                .check(MODULE);
    }

    @Test
    void leavesSqlToTheLog() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql", "javax.sql")
                .check(MODULE);
    }

    /** Tasks know their project; nothing else knows another aggregate. */
    @Test
    void keepsAggregatesApart() {
        noClasses()
                .that()
                .resideInAPackage("io.pms.command.project")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.pms.command.task", "io.pms.command.person")
                .check(MODULE);
        noClasses()
                .that()
                .resideInAPackage("io.pms.command.person")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.pms.command.task", "io.pms.command.project")
                .check(MODULE);
        noClasses()
                .that()
                .resideInAPackage("io.pms.command.task")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.pms.command.person")
                .check(MODULE);
    }

    @Test
    void keepsHttpOutOfTheAggregates() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.pms.command.project", "io.pms.command.task", "io.pms.command.person")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.pms.command.api", "io.pms.http", "org.springframework.web..")
                .check(MODULE);
    }

    @Test
    void isNullMarkedEverywhere() {
        assertThat(MODULE).allMatch(type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }
}
