package io.waybill.relayer.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ClusterTest {
    private static ClusterConfig of(String... members) {
        return new ClusterConfig("test", "a", "127.0.0.1", 5701, List.of(members), Duration.ofSeconds(3));
    }

    @Nested
    class Configuration {
        private final com.hazelcast.config.Config config =
                Cluster.configure(of("127.0.0.1:5701", "127.0.0.1:5702"), InstantSource.system());

        @Test
        void findsMembersByAddressOnly() {
            var join = config.getNetworkConfig().getJoin();
            assertThat(join.getTcpIpConfig().getMembers()).containsExactly("127.0.0.1:5701", "127.0.0.1:5702");
            assertThat(join.getMulticastConfig().isEnabled()).isFalse();
            assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
        }

        @Test
        void bindsOneAddressAndCallsNobody() {
            assertThat(config.getNetworkConfig().getInterfaces().getInterfaces())
                    .containsExactly("127.0.0.1");
            assertThat(config.getNetworkConfig().isPortAutoIncrement()).isFalse();
            assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
            assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
            assertThat(config.getJetConfig().isEnabled()).isFalse();
        }

        @Test
        void readsOnlyHazelcastsOwnAndPlainJavaClassesByName() {
            var filter = config.getSerializationConfig().getJavaSerializationFilterConfig();
            assertThat(filter.isDefaultsDisabled()).isTrue();
            assertThat(filter.getWhitelist().getPrefixes())
                    .containsExactlyInAnyOrder("com.hazelcast.", "java.lang.", "java.util.", "[Ljava.lang.");
        }
    }

    @Nested
    class Quorum {
        @Test
        void isAMajorityOfThreeOrMore() {
            assertThat(of("h:1", "h:2", "h:3").quorum()).isEqualTo(2);
            assertThat(of("h:1", "h:2", "h:3", "h:4").quorum()).isEqualTo(3);
            assertThat(of("h:1", "h:2", "h:3", "h:4", "h:5").quorum()).isEqualTo(3);
        }

        @Test
        void isNotAskedOfOneOrTwo() {
            assertThat(of("h:1").quorum()).isEqualTo(1);
            assertThat(of("h:1", "h:2").quorum()).isEqualTo(1);
        }
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatThrownBy(() -> new ClusterConfig("c", "a/b", "h", 1, List.of("h:1"), Duration.ofSeconds(3)))
                .hasMessageContaining("without /");
        assertThatThrownBy(() -> new ClusterConfig("c", "a", "h", 0, List.of("h:1"), Duration.ofSeconds(3)))
                .hasMessageContaining("port");
        assertThatThrownBy(() -> new ClusterConfig("c", "a", "h", 1, List.of(), Duration.ofSeconds(3)))
                .hasMessageContaining("members");
        assertThatThrownBy(() -> new ClusterConfig("c", "a", "h", 1, List.of("h:1"), Duration.ofMillis(499)))
                .hasMessageContaining("lease");
    }
}
