// Appends records with known sequences until it is killed, and says on standard output how many are
// committed: "committed N". Started by test_journal_kill with the file and the run's name.
#include "libfacetrack/store/journal.h"

#include <cstdio>

using namespace facetrack;

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    JournalOptions options;
    options.file = argv[1];
    options.commitInterval = std::chrono::milliseconds(5);
    const auto journal = Journal::open(options);
    if (!journal) {
        std::fprintf(stderr, "%s\n", describe(journal.error()).c_str());
        return 1;
    }
    std::puts("committed 0");
    std::fflush(stdout);
    std::uint64_t reported = 0;
    for (std::uint64_t sequence = 0;; ++sequence) {
        Record record;
        record.agent = "writer";
        record.run = argv[2];
        record.sequence = sequence;
        record.time = (*journal)->state().oldestUndelivered + UtcTime(1);
        record.body = "[1088,720,1,[]]";
        if (!(*journal)->append(std::move(record)))
            return 1;
        // Marking and quarantining under way, so that those commits are hit as well.
        if (sequence % 500 == 499)
            (*journal)->markDelivered(1, (*journal)->state().lastPosition - 300);
        if (const auto committed = (*journal)->state().committed; committed != reported) {
            reported = committed;
            std::printf("committed %llu\n", static_cast<unsigned long long>(reported));
            std::fflush(stdout);
        }
        if (sequence % 20 == 19 && !(*journal)->flush(std::chrono::seconds(20)))
            return 1;
    }
}
