package io.waybill.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The core is pure: whoever checks a proof offline needs nothing else on the class path than Bouncy Castle.
@AnalyzeClasses(packages = "io.waybill.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule KNOWS_ONLY_VALUES_AND_CRYPTOGRAPHY = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.waybill.core..",
                    "java.lang..",
                    "java.util..",
                    "java.math",
                    "java.time..",
                    "java.security",
                    "java.nio.charset",
                    "org.bouncycastle..",
                    "supranational.blst..",
                    "fr.acinq.secp256k1..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule STARTS_NO_THREAD = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.lang\\.(Thread|Process|ProcessBuilder|Runtime)")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.concurrent..", "java.util.logging..");

    @ArchTest
    static final ArchRule ASKS_NO_CLOCK = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now");
}
