package io.pms.relay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses RELAY =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.pms.relay");

    @Test
    void dependsOnTheLogAndItsEntriesOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        Predicates.resideInAnyPackage("io.pms.relay", "io.pms.log", "io.pms.entry")
                                .or(Predicates.resideOutsideOfPackage("io.pms..")))
                .check(RELAY);
    }

    /** What is recorded in Kafka is all that it remembers. */
    @Test
    void knowsNeitherRedisNorSqlNorHttp() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework.data..",
                        "io.lettuce..",
                        "java.sql",
                        "javax.sql",
                        "jakarta.servlet..",
                        "org.springframework.web..")
                .check(RELAY);
    }

    /** Which settings a client has decides what the relay guarantees. */
    @Test
    void makesClientsInOnePlace() {
        noClasses()
                .that()
                .doNotHaveSimpleName("KafkaClients")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "org\\.apache\\.kafka\\.clients\\..*\\.Kafka(Producer|Consumer|AdminClient)")
                .check(RELAY);
    }
}
