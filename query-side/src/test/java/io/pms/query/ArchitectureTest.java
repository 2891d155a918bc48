package io.pms.query;

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
                    .importUrl(Reads.class.getProtectionDomain().getCodeSource().getLocation());

    /** Above all not on the command side: they are deployed apart. */
    @Test
    void dependsOnProjectionsTheLogItsEventsAndHttpOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        Predicates.resideInAnyPackage(
                                        "io.pms.query..",
                                        "io.pms.projection..",
                                        "io.pms.log",
                                        "io.pms.entry",
                                        "io.pms.event",
                                        "io.pms.http")
                                .or(Predicates.resideOutsideOfPackage("io.pms..")))
                .check(MODULE);
    }

    @Test
    void talksToRedisInOnePlace() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Reads")
                .and()
                .doNotHaveSimpleName("QuerySideAutoConfiguration")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.data.redis..")
                .check(MODULE);
    }

    /** A query changes nothing. */
    @Test
    void appendsNothing() {
        noClasses()
                .should()
                .callMethod(io.pms.log.EventLog.class, "append", io.pms.log.Unit.class)
                .check(MODULE);
    }

    @Test
    void knowsNeitherAxonNorSql() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.axonframework..", "java.sql", "javax.sql")
                .check(MODULE);
    }

    /**
     * Whatever several use cases need is in the package above them; people's work is tasks, and
     * what is live is activity.
     */
    @Test
    void keepsUseCasesApart() {
        noClasses()
                .that()
                .resideInAPackage("io.pms.query.activity")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.pms.query.task",
                        "io.pms.query.project",
                        "io.pms.query.person",
                        "io.pms.query.live")
                .check(MODULE);
        noClasses()
                .that()
                .resideInAPackage("io.pms.query.live")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.pms.query.task", "io.pms.query.project", "io.pms.query.person")
                .check(MODULE);
        noClasses()
                .that()
                .resideInAPackage("io.pms.query.project")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.pms.query.task", "io.pms.query.activity", "io.pms.query.person")
                .check(MODULE);
    }

    @Test
    void isNullMarkedEverywhere() {
        assertThat(MODULE).allMatch(type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }
}
