package io.waybill.fisco;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.waybill.fisco", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule KNOWS_ITS_NEIGHBOURS_ONLY = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "io.waybill.fisco..",
                    "io.waybill.core..",
                    "io.waybill.contracts..",
                    "io.waybill.rpc..",
                    "io.vertx..",
                    "org.slf4j..",
                    "org.jspecify.annotations..",
                    "tools.jackson..");
}
