package io.waybill.fisco.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Bytes;
import io.waybill.core.Bytes32;
import io.waybill.core.digest.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
    private static final Bytes32 ONE = Digests.sha256(Bytes.of(1));
    private static final Bytes32 TWO = Digests.sha256(Bytes.of(2));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("journal");
    }

    @Nested
    class Promise {
        @Test
        void keepsTheFirstHashOfAHeight() {
            try (var journal = Journal.inMemory()) {
                assertThat(journal.promise(7, ONE)).isEqualTo(ONE);
                assertThat(journal.promise(7, TWO)).isEqualTo(ONE);
                assertThat(journal.promise(8, TWO)).isEqualTo(TWO);
            }
        }

        @Test
        void outlivesTheProcess() {
            try (var journal = Journal.at(file)) {
                journal.promise(7, ONE);
            }
            try (var journal = Journal.at(file)) {
                assertThat(journal.promise(7, TWO)).isEqualTo(ONE);
            }
        }

        @Test
        void writesALineForAHeightOnce() throws IOException {
            try (var journal = Journal.at(file)) {
                journal.promise(7, ONE);
                journal.promise(7, ONE);
                journal.promise(9, TWO);
            }

            assertThat(Files.readString(file))
                    .isEqualTo("7 %s%n9 %s%n".formatted(ONE, TWO).replace("\r", ""));
        }

        @Test
        void promisesNothingBelowWhatAFullJournalRemembers() {
            try (var journal = Journal.inMemory()) {
                for (long height = 10; height < 10 + Journal.LIMIT + 1; height++) journal.promise(height, ONE);

                assertThat(journal.promise(10, TWO)).isNull();
                assertThat(journal.promise(11, TWO)).isEqualTo(ONE);
            }
        }
    }

    @Nested
    class At {
        @Test
        void cutsOffALastLineThatACrashLeftUnfinished() throws IOException {
            Files.writeString(file, "7 " + ONE + "\n8 0x1234");

            try (var journal = Journal.at(file)) {
                assertThat(journal.promise(8, TWO)).isEqualTo(TWO);
            }

            assertThat(Files.readString(file)).isEqualTo("7 " + ONE + "\n8 " + TWO + "\n");
        }

        @Test
        void refusesAFileThatIsNoJournal() throws IOException {
            Files.writeString(file, "hello\n");

            assertThatThrownBy(() -> Journal.at(file)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void refusesTwoHashesForOneHeight() throws IOException {
            Files.writeString(file, "7 " + ONE + "\n7 " + TWO + "\n");

            assertThatThrownBy(() -> Journal.at(file))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith("two hashes for height 7");
        }

        @Test
        void refusesAFileThatAnotherWatcherUses() {
            try (var _ = Journal.at(file)) {
                assertThatThrownBy(() -> Journal.at(file)).isInstanceOf(IllegalStateException.class);
            }
        }
    }
}
