package io.waybill.evm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.waybill.evm", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule KNOWS_ITS_NEIGHBOURS_ONLY = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "io.waybill.evm..",
                    "io.waybill.core..",
                    "io.waybill.contracts..",
                    "io.waybill.rpc..",
                    "io.vertx.core..",
                    "io.vertx.ext.web..",
                    "io.reactivex..", // the type of web3j's subscriptions
                    "org.web3j..",
                    "org.slf4j..",
                    "org.jspecify.annotations..",
                    "tools.jackson..");
}
