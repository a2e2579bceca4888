// What the uploader does with a sink that a test plays.
#include "libfacetrack/base/back_off.h"
#include "libfacetrack/store/upload_lanes.h"
#include "libfacetrack/store/uploader.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>

using namespace facetrack;
using namespace std::chrono_literals;
using Outcome = RecordResult::Outcome;
using Verdict = BatchAnswer::Verdict;

namespace {

Record record(std::uint64_t sequence)
{
    Observation seen;
    seen.sequence = sequence;
    seen.time = UtcTime(1'772'366'400'000 + static_cast<std::int64_t>(sequence));
    return encodeObservation(seen, "pi-1", "0123456789abcdef");
}

/// A receiver that a test tells what to answer; shared by all sinks of a test.
struct Receiver
{
    std::mutex mutex;
    std::map<std::uint64_t, int> got; ///< sequence → how often
    std::vector<std::vector<std::uint64_t>> batches;
    std::function<BatchAnswer(std::span<const StoredRecord>)> answer;
    int sinks = 0;
    bool silent = false; ///< never answers

    BatchAnswer take(std::span<const StoredRecord> records)
    {
        const std::lock_guard lock(mutex);
        BatchAnswer said = answer ? answer(records) : all(records, Outcome::Delivered);
        batches.emplace_back();
        for (std::size_t i = 0; i < records.size(); ++i) {
            batches.back().push_back(records[i].record.sequence);
            if (i < said.records.size() && said.records[i].outcome == Outcome::Delivered)
                ++got[records[i].record.sequence];
        }
        return said;
    }
    static BatchAnswer all(std::span<const StoredRecord> records, Outcome outcome)
    {
        BatchAnswer said;
        said.verdict = Verdict::Answered;
        said.records.assign(records.size(), {outcome, {}});
        return said;
    }
    static BatchAnswer trouble(Verdict verdict, const char *words)
    {
        return {verdict, {}, Error{ErrorCode::Unavailable, "db", words, {}}, false};
    }
    template<typename Action>
    auto with(Action action)
    {
        const std::lock_guard lock(mutex);
        return action();
    }
};

class PlayedSink final : public RecordSink
{
public:
    explicit PlayedSink(Receiver &receiver) : m_receiver(receiver) {}
    void deliver(std::span<const StoredRecord> records, Done done) override
    {
        QTimer::singleShot(1, &m_later, [this, records, done = std::move(done)] {
            if (!m_receiver.with([&] { return m_receiver.silent; }))
                done(m_receiver.take(records));
        });
    }
    std::vector<net::EndpointState> endpoints() const override { return {}; }

private:
    Receiver &m_receiver;
    QObject m_later;
};

struct Setup
{
    explicit Setup(UploaderOptions given = quick())
    {
        JournalOptions options;
        options.file = folder.filePath(QStringLiteral("journal.sqlite")).toStdString();
        options.commitInterval = 20ms;
        journal = Journal::open(options).value();
        uploader = std::make_unique<Uploader>(
            *journal,
            [this]() -> Result<std::unique_ptr<RecordSink>> {
                receiver.with([&] { return ++receiver.sinks; });
                return std::make_unique<PlayedSink>(receiver);
            },
            given);
    }
    static UploaderOptions quick()
    {
        UploaderOptions options;
        options.interval = 50ms;
        options.firstPause = 20ms;
        options.longestPause = 100ms;
        return options;
    }
    void append(std::uint64_t from, std::uint64_t to)
    {
        for (std::uint64_t i = from; i < to; ++i)
            journal->append(record(i));
        journal->flush(20s);
    }
    std::size_t received() { return receiver.with([&] { return receiver.got.size(); }); }
    bool eachOnce(std::size_t count)
    {
        return receiver.with([&] {
            return receiver.got.size() == count
                   && std::all_of(receiver.got.begin(), receiver.got.end(),
                                  [](const auto &one) { return one.second == 1; });
        });
    }

    QTemporaryDir folder;
    Receiver receiver;
    std::unique_ptr<Journal> journal;
    std::unique_ptr<Uploader> uploader; // before what it uses goes
};

} // namespace

class TestUploader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsDeliveredOnceAndMarked()
    {
        Setup setup;
        setup.append(0, 500);
        setup.uploader->start();
        QTRY_COMPARE(setup.received(), std::size_t(500));
        setup.append(500, 700);
        QTRY_VERIFY(setup.eachOnce(700));
        QTRY_COMPARE(setup.journal->state().undelivered, std::uint64_t(0));
        QTRY_COMPARE(setup.uploader->state().phase, UploadPhase::Idle);
        QCOMPARE(setup.uploader->state().delivered, std::uint64_t(700));
    }

    void theBacklogGoesOldestFirstAndNewRowsDoNotWaitForIt()
    {
        UploaderOptions options = Setup::quick();
        options.batchRows = 100;
        Setup setup(options);
        setup.append(0, 20'000);
        std::atomic<bool> gate{false};
        setup.receiver.answer = [&](std::span<const StoredRecord> records) {
            const bool old = records.front().record.sequence < 20'000;
            return old && !gate && records.front().record.sequence > 2'000
                       ? Receiver::all(records, Outcome::Retry)
                       : Receiver::all(records, Outcome::Delivered);
        };
        setup.uploader->start();
        QTRY_VERIFY(setup.received() > 2'000);
        setup.append(20'000, 20'050);
        QTRY_VERIFY(setup.receiver.with([&] { return setup.receiver.got.contains(20'049); }));
        QVERIFY(setup.received() < 20'050);
        gate = true;
        QTRY_VERIFY_WITH_TIMEOUT(setup.eachOnce(20'050), 30'000);
        // The first batches came in order.
        setup.receiver.with([&] {
            for (std::size_t i = 0; i < 10; ++i)
                QCOMPARE(setup.receiver.batches[i].front(), std::uint64_t(i * 100));
        });
    }

    void onlyARowsOwnResultCounts()
    {
        Setup setup;
        setup.append(0, 100);
        setup.receiver.answer = [tries = 0](std::span<const StoredRecord> records) mutable {
            BatchAnswer said = Receiver::all(records, Outcome::Delivered);
            for (std::size_t i = 0; i < records.size(); ++i) {
                const auto sequence = records[i].record.sequence;
                if (sequence == 13)
                    said.records[i] = {Outcome::Refused, "no (4000)"};
                else if (sequence % 10 == 7 && tries < 3)
                    said.records[i] = {Outcome::Retry, "in doubt"};
            }
            ++tries;
            return said;
        };
        setup.uploader->start();
        QTRY_VERIFY(setup.eachOnce(99));
        QTRY_COMPARE(setup.journal->state().undelivered, std::uint64_t(0));
        QTRY_COMPARE(setup.journal->state().quarantined, std::uint64_t(1));
        const auto kept = setup.journal->quarantined(10).value();
        QCOMPARE(kept[0].stored.record.sequence, std::uint64_t(13));
        QCOMPARE(kept[0].error, std::string("no (4000)"));
        QCOMPARE(setup.uploader->state().refused, std::uint64_t(1));
    }

    void troubleThatPassesIsTriedAgainWithoutEnd()
    {
        Setup setup;
        setup.append(0, 50);
        std::atomic<int> failures{0};
        setup.receiver.answer = [&](std::span<const StoredRecord> records) {
            return ++failures <= 8 ? Receiver::trouble(Verdict::Passing, "503")
                                   : Receiver::all(records, Outcome::Delivered);
        };
        setup.uploader->start();
        QTRY_COMPARE(setup.uploader->state().phase, UploadPhase::Waiting);
        QVERIFY(setup.uploader->state().error.find("503") != std::string::npos);
        QTRY_VERIFY(setup.eachOnce(50));
        QTRY_COMPARE(setup.uploader->state().phase, UploadPhase::Idle);
        QVERIFY(setup.uploader->state().error.empty());
        QCOMPARE(setup.receiver.with([&] { return setup.receiver.sinks; }), 1);
    }

    void aRefusalIsTriedSlowlyAndAtOnceWhenWoken()
    {
        Setup setup; // a minute between attempts
        setup.append(0, 50);
        std::atomic<bool> good{false};
        setup.receiver.answer = [&](std::span<const StoredRecord> records) {
            return good ? Receiver::all(records, Outcome::Delivered)
                        : Receiver::trouble(Verdict::Permanent, "bad password");
        };
        setup.uploader->start();
        QTRY_COMPARE(setup.uploader->state().phase, UploadPhase::Refused);
        QVERIFY(setup.uploader->state().retryIn > 25s);
        const auto requests = setup.uploader->state().requests;
        QTest::qWait(300);
        QCOMPARE(setup.uploader->state().requests, requests);
        good = true;
        setup.uploader->wake();
        QTRY_VERIFY(setup.eachOnce(50));
        QCOMPARE(setup.receiver.with([&] { return setup.receiver.sinks; }), 2); // secrets read anew
    }

    void newSettingsAreTriedAtOnceEvenInTheMiddleOfABatch()
    {
        Setup setup;
        setup.receiver.silent = true;
        setup.append(0, 50);
        setup.uploader->start();
        QTRY_COMPARE(setup.uploader->state().underWay, std::size_t(1));
        Receiver other;
        setup.uploader->replaceSink([&]() -> Result<std::unique_ptr<RecordSink>> {
            return std::make_unique<PlayedSink>(other);
        });
        QTRY_COMPARE(other.with([&] { return other.got.size(); }), std::size_t(50));
        setup.uploader.reset();
    }

    void aSinkThatCannotBeMadeIsARefusal()
    {
        Setup setup;
        setup.append(0, 1);
        Uploader uploader(
            *setup.journal,
            []() -> Result<std::unique_ptr<RecordSink>> {
                return fail(ErrorCode::Denied, "/etc/x", "others may read this secret", "chmod 600");
            },
            Setup::quick());
        uploader.start();
        QTRY_COMPARE(uploader.state().phase, UploadPhase::Refused);
        QVERIFY(uploader.state().error.find("chmod 600") != std::string::npos);
    }

    void aBatchThatIsTooLargeIsHalvedUntilItFits()
    {
        Setup setup;
        setup.receiver.answer = [](std::span<const StoredRecord> records) {
            return records.size() > 30 ? Receiver::trouble(Verdict::TooLarge, "413")
                                       : Receiver::all(records, Outcome::Delivered);
        };
        setup.append(0, 1'000);
        setup.uploader->start();
        QTRY_VERIFY(setup.eachOnce(1'000));
    }

    void itEndsAtOnceWhileTheReceiverIsSilent()
    {
        Setup setup;
        setup.receiver.silent = true;
        setup.append(0, 50);
        setup.uploader->start();
        QTRY_COMPARE(setup.uploader->state().underWay, std::size_t(1));
        QElapsedTimer timer;
        timer.start();
        setup.uploader.reset();
        QVERIFY(timer.elapsed() < 500);
        QCOMPARE(setup.journal->state().undelivered, std::uint64_t(50));
    }

    void lanesGiveEveryPositionOnce()
    {
        std::set<std::int64_t> there;
        for (std::int64_t position = 1; position <= 5'000; ++position) {
            if (position % 7 != 0) // holes: delivered before
                there.insert(position);
        }
        UploadLanes lanes([&](std::int64_t after, std::size_t most) {
            std::vector<StoredRecord> found;
            for (auto at = there.upper_bound(after); at != there.end() && found.size() < most; ++at)
                found.push_back({*at, {}});
            return Result<std::vector<StoredRecord>>(std::move(found));
        });
        std::multiset<std::int64_t> given;
        const auto take = [&](UploadLanes::Lane lane, std::size_t most) {
            auto records = lanes.take(lane, most, true).value();
            for (const StoredRecord &stored : records)
                given.insert(stored.position);
            return records;
        };
        lanes.advance(2'000, 100);
        QVERIFY(lanes.hasBacklog());
        take(UploadLanes::New, 100);
        lanes.advance(5'000, 100); // more than the new lane can do: more backlog
        auto first = take(UploadLanes::Old, 100);
        QCOMPARE(first.front().position, std::int64_t(1));
        for (const StoredRecord &stored : first)
            given.erase(stored.position);
        lanes.again(UploadLanes::Old, std::move(first));
        there.insert(5'001);
        QCOMPARE(take(UploadLanes::New, 100).size(), std::size_t(1));
        while (lanes.hasBacklog())
            take(UploadLanes::Old, 100);
        QCOMPARE(take(UploadLanes::New, 100).size(), std::size_t(0));
        QCOMPARE(given.size(), there.size());
        QVERIFY(std::equal(given.begin(), given.end(), there.begin()));
    }

    void pausesGrowWithJitterToTheLongest()
    {
        BackOff backOff(100ms, 1'000ms);
        for (const int most : {100, 200, 400, 800, 1'000, 1'000}) {
            const auto pause = backOff.next();
            QVERIFY(pause.count() >= most / 2 && pause.count() <= most);
        }
        backOff.reset();
        QVERIFY(backOff.next() <= 100ms);
        QVERIFY(backOff.longest() >= 500ms);
    }
};

QTEST_GUILESS_MAIN(TestUploader)
#include "test_uploader.moc"
