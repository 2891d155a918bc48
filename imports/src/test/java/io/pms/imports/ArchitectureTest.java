package io.pms.imports;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.pms.imports");

    @Test
    void onlyThePlanKnowsMpxjAndOnlyTheApiKnowsHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.pms.imports.plan")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.mpxj..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.pms.imports.api")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.servlet..")
                .check(CLASSES);
    }

    @Test
    void plansAndHistoriesDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("io.pms.imports.plan")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.pms.imports.history")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.pms.imports.history")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.pms.imports.plan")
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() throws ClassNotFoundException {
        for (String name : CLASSES.stream().map(type -> type.getPackageName()).distinct().toList())
            assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class))
                    .as(name)
                    .isTrue();
    }
}
