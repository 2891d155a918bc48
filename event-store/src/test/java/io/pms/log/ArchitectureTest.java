package io.pms.log;

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
                    .importUrl(EventLog.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void dependsOnEventSchemasOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        Predicates.resideInAnyPackage(
                                        "io.pms.log..", "io.pms.entry", "io.pms.event")
                                .or(Predicates.resideOutsideOfPackage("io.pms..")))
                .check(MODULE);
    }

    /** The log is one without Axon too: projections and the archive read it directly. */
    @Test
    void keepsAxonInItsAdapter() {
        noClasses()
                .that()
                .resideInAPackage("io.pms.log")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.axonframework..", "io.pms.log.axon")
                .check(MODULE);
    }

    @Test
    void keepsSqlOutOfTheAdapter() {
        noClasses()
                .that()
                .resideInAPackage("io.pms.log.axon")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql", "javax.sql", "com.mysql..", "com.zaxxer..")
                .check(MODULE);
    }

    /** The committer, the readers and the tail run without a container. */
    @Test
    void keepsSpringInTheWiring() {
        noClasses()
                .that()
                .resideInAPackage("io.pms.log")
                .and()
                .doNotHaveSimpleName("LogAutoConfiguration")
                .and()
                .doNotHaveSimpleName("LogProperties")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(MODULE);
    }

    @Test
    void isNullMarkedEverywhere() {
        assertThat(MODULE).allMatch(type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }
}
