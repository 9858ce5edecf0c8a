package io.waybill.relayer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.waybill.relayer", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule knowsOnlyTheCoreVertxHazelcastAndMicrometer = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "org.slf4j..",
                    "io.vertx.core..",
                    "com.hazelcast..",
                    "io.micrometer.core..",
                    "io.waybill.core..",
                    "io.waybill.relayer..");

    @ArchTest
    static final ArchRule speaksToNoNetworkItself = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.net.http..", "io.vertx.core.http..", "io.vertx.core.net..");

    @ArchTest
    static final ArchRule keepsHazelcastInTheLeaseRoom = noClasses()
            .that()
            .resideOutsideOfPackage("io.waybill.relayer.lease")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.hazelcast..");

    @ArchTest
    static final ArchRule lanesKnowNothingOfLeases = noClasses()
            .that()
            .resideInAPackage("io.waybill.relayer.lane")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.waybill.relayer.lease", "io.waybill.relayer.metrics", "io.waybill.relayer");

    @ArchTest
    static final ArchRule readsTheClockItIsGiven = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule hasNoCyclesBetweenRooms =
            slices().matching("io.waybill.relayer.(*)..").should().beFreeOfCycles();
}
