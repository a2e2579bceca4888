#pragma once
#include "libfacetrack/store/journal.h"

#include <QTemporaryDir>
#include <QtTest>

#include <string>

/// What the tests of the Journal share: a directory that goes away, and records by number.
namespace fixture {

using namespace facetrack;
using namespace std::chrono_literals;

inline constexpr auto patience = 20s; ///< for a flush on a busy machine; never slept through

inline std::filesystem::path fileIn(const QTemporaryDir &directory)
{
    return directory.filePath(QStringLiteral("journal.db")).toStdString();
}

inline JournalOptions optionsFor(const QTemporaryDir &directory)
{
    JournalOptions options;
    options.file = fileIn(directory);
    // Long enough that nothing is ever committed by the clock: tests ask for it with flush().
    options.commitInterval = 1h;
    options.retryInterval = 20ms;
    return options;
}

/// Opens or ends the test program: for use where a failure is not what is tested.
inline std::unique_ptr<Journal> openOrDie(const JournalOptions &options,
                                          const Clock &clock = SystemClock::instance())
{
    auto journal = Journal::open(options, clock);
    if (!journal)
        qFatal("%s", describe(journal.error()).c_str());
    return std::move(*journal);
}

inline Record recordNumber(std::uint64_t sequence, const std::string &run = "0123456789abcdef")
{
    Record record;
    record.agent = "booth-1";
    record.run = run;
    record.sequence = sequence;
    record.time = UtcTime(1'700'000'000'000 + static_cast<std::int64_t>(sequence) * 100);
    record.body = "[1088,720,1,[]]";
    return record;
}

inline void appendNumbers(Journal &journal, std::uint64_t first, std::uint64_t last,
                          const std::string &run = "0123456789abcdef")
{
    for (std::uint64_t sequence = first; sequence <= last; ++sequence)
        QVERIFY(journal.append(recordNumber(sequence, run)));
}

inline std::vector<std::int64_t> positionsOf(const std::vector<StoredRecord> &records)
{
    std::vector<std::int64_t> positions;
    for (const StoredRecord &stored : records)
        positions.push_back(stored.position);
    return positions;
}

inline std::vector<std::int64_t> undeliveredPositions(const Journal &journal)
{
    const auto records = journal.undelivered(0, 1'000'000);
    return records ? positionsOf(*records) : std::vector<std::int64_t>{-1};
}

} // namespace fixture
