package io.pms.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses ALL =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.pms");

    @Test
    void nothingDependsOnTheStandaloneProgram() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.pms.standalone..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.pms.standalone..")
                .check(ALL);
    }

    @Test
    void commandsAndQueriesDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("io.pms.command..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.pms.query..",
                        "io.pms.projection..",
                        "io.pms.relay..",
                        "io.pms.imports..")
                .check(ALL);
        noClasses()
                .that()
                .resideInAnyPackage("io.pms.query..", "io.pms.projection..", "io.pms.relay..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.pms.command..", "io.pms.imports..")
                .check(ALL);
    }

    @Test
    void onlyTheProgramStartsEmbeddedServers() {
        classes()
                .that()
                .resideInAPackage("io.pms.embedded..")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage("io.pms.embedded..", "io.pms.standalone..")
                .check(ALL);
    }

    /** It is for tests and measurements of the log, and 50 MB that no user should download. */
    @Test
    void doesNotBringMySqlAlong() {
        assertThat(Pms.class.getResource("/mysql-Linux-amd64.tar.gz")).isNull();
    }

    /** It is for tests of the relay, and 43 MB. */
    @Test
    void doesNotBringAKafkaBrokerAlong() {
        assertThat(Pms.class.getResource("/kafka/Kafka.class")).isNull();
    }

    @Test
    void everyPackageSaysWhatMayBeNull() throws Exception {
        for (String name : ALL.stream().map(type -> type.getPackageName()).distinct().toList())
            assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class))
                    .as(name)
                    .isTrue();
    }
}
