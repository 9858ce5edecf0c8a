package io.waybill.testkit;

import io.waybill.testkit.ContractSetting.Followed;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;

@DisplayName("A chain in memory")
class MemoryChainTest extends ChainContract {
    @Override
    protected ContractSetting setting() {
        var world = MemoryWorld.open(SettableClock.fixed(), Duration.ofDays(7), 1);
        return new ContractSetting(
                world.source(),
                world.destination(),
                world.lanes().getFirst(),
                new Followed(world.sourceClient(), world.sourceRules(), world.sourceAnchor()),
                new Followed(world.destinationClient(), world.destinationRules(), world.destinationAnchor()),
                world.clock());
    }
}
