// Sums over a Journal: three figures that are never mixed up, gaps, and days of 23 and 25 hours.
#include "libfacetrack/analytics/journal_history.h"

#include <QDateTime>
#include <QTemporaryDir>
#include <QTest>

using namespace facetrack;

namespace {

constexpr std::int64_t minuteMs = 60'000;

Minute minute(const char *iso)
{
    return QDateTime::fromString(QString::fromLatin1(iso), Qt::ISODate).toMSecsSinceEpoch() / minuteMs;
}

/// A Journal with made-up records.
class Past
{
public:
    Past()
    {
        JournalOptions options;
        options.file = m_folder.filePath(QStringLiteral("journal.sqlite")).toStdString();
        options.maxAge = std::chrono::hours(24 * 3650); // nothing made up is too old
        m_journal = Journal::open(options).value();
    }

    void looks(Minute at, int frames, std::size_t faces, const std::string &agent = "a",
               const std::string &run = "0123456789abcdef")
    {
        for (int i = 0; i < frames; ++i) {
            Observation seen;
            seen.sequence = m_sequence++;
            seen.time = UtcTime(at * minuteMs + 100 * i);
            seen.faces.resize(faces);
            m_journal->append(encodeObservation(seen, agent, run));
        }
    }
    void visit(Minute at, const std::string &zone = {}, const std::string &agent = "a")
    {
        Visit visit;
        visit.sequence = m_sequence++;
        visit.start = UtcTime(at * minuteMs + 30'000);
        visit.zone = zone;
        m_journal->append(encodeVisit(visit, agent, "0123456789abcdef"));
    }
    Counts counts(Span span, const std::string &agent = {})
    {
        m_journal->flush(std::chrono::seconds(20));
        HistoryScope scope{span, {}};
        if (!agent.empty())
            scope.agents = {agent};
        return countJournal(*m_journal, scope).value();
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Journal> m_journal;
    std::uint64_t m_sequence = 0;
};

LocalTime berlin()
{
    return LocalTime::of("Europe/Berlin").value();
}

} // namespace

class TestCounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theThreeFiguresAreNotMixedUp()
    {
        Past past;
        const Minute at = minute("2026-05-04T10:00:00Z");
        past.looks(at, 100, 2);     // quick with few faces
        past.looks(at + 1, 10, 6);  // slow with many
        past.visit(at);
        past.visit(at);
        past.visit(at, "desk"); // the same visitor at the desk: no visit of its own
        const Figures sum = totals(past.counts({at, at + 10}));
        QCOMPARE(sum.observations, std::uint64_t(110));
        QCOMPARE(sum.detections, std::uint64_t(260));
        QCOMPARE(sum.meanFaces(), 4.0); // not 260/110: each minute counts the same
        QCOMPARE(sum.visits, std::uint64_t(2));
        QCOMPARE(sum.minutes, std::uint64_t(2));
    }

    void noDataIsNotNoFaces()
    {
        Past past;
        const Minute at = minute("2026-05-04T10:00:00Z");
        past.looks(at + 2, 5, 0);
        past.looks(at + 4, 5, 1);
        const Counts counts = past.counts({at, at + 7});
        const auto minutes = series(counts);
        QCOMPARE(minutes.size(), std::size_t(7));
        QVERIFY(!minutes[0].figures.hasData());
        QVERIFY(minutes[2].figures.hasData());
        QCOMPARE(minutes[2].figures.detections, std::uint64_t(0));
        const auto holes = gaps(counts, 10);
        QCOMPARE(holes.size(), std::size_t(3));
        QCOMPARE(holes[0].from, at);
        QCOMPARE(holes[0].to, at + 2);
        QCOMPARE(holes[1].from, at + 3);
        QCOMPARE(holes[2].to, at + 7);
        QCOMPARE(gaps(counts, 2).size(), std::size_t(2));
        QCOMPARE(gaps(past.counts({at - 5, at}), 10).size(), std::size_t(1));
    }

    void aRestartWithinAMinuteIsOneMinute()
    {
        Past past;
        const Minute at = minute("2026-05-04T10:00:00Z");
        past.looks(at, 10, 1);
        past.looks(at, 10, 3, "a", "fedcba9876543210");
        const Figures sum = totals(past.counts({at, at + 1}));
        QCOMPARE(sum.minutes, std::uint64_t(1));
        QCOMPARE(sum.meanFaces(), 2.0);
    }

    void agentsAreKeptApart()
    {
        Past past;
        const Minute at = minute("2026-05-04T10:00:00Z");
        past.looks(at, 10, 1, "left");
        past.looks(at, 10, 3, "right");
        past.visit(at, {}, "right");
        const auto agents = byAgent(past.counts({at, at + 1}));
        QCOMPARE(agents.size(), std::size_t(2));
        QCOMPARE(agents.at("left").meanFaces(), 1.0);
        QCOMPARE(agents.at("right").visits, std::uint64_t(1));
        QCOMPARE(totals(past.counts({at, at + 1}, "left")).detections, std::uint64_t(10));
    }

    void hoursAreThoseOfTheClockOnTheWall()
    {
        Past past;
        past.looks(minute("2026-07-01T10:15:00Z"), 1, 1); // summer: 12:15
        past.looks(minute("2026-01-01T11:15:00Z"), 1, 3); // winter: 12:15
        const auto hours = byHourOfDay(
            past.counts({minute("2026-01-01T11:00:00Z"), minute("2026-01-01T12:00:00Z")}), berlin());
        QCOMPARE(hours.size(), std::size_t(24));
        QCOMPARE(hours[12].detections, std::uint64_t(3));
        const auto summer = byHourOfDay(
            past.counts({minute("2026-07-01T10:00:00Z"), minute("2026-07-01T11:00:00Z")}), berlin());
        QCOMPARE(summer[12].detections, std::uint64_t(1));
        QVERIFY(!summer[10].hasData());
    }

    void daysHave23And25HoursWhenTheClockIsChanged()
    {
        Past past;
        const LocalTime local = berlin();
        // 2026-03-29 02:00 becomes 03:00; 2026-10-25 03:00 becomes 02:00.
        const Minute spring = local.dayBegins(QDate(2026, 3, 29));
        const Minute autumn = local.dayBegins(QDate(2026, 10, 25));
        QCOMPARE(spring, minute("2026-03-28T23:00:00Z"));
        QCOMPARE(autumn, minute("2026-10-24T22:00:00Z"));
        past.looks(minute("2026-10-25T00:30:00Z"), 1, 1); // 02:30 in summer time
        past.looks(minute("2026-10-25T01:30:00Z"), 1, 1); // 02:30 again
        const Counts counts = past.counts({autumn, local.dayBegins(QDate(2026, 10, 26))});
        const auto days = coverage(counts, local);
        QCOMPARE(days.size(), std::size_t(1));
        QCOMPARE(days[0].minutes, Minute(1500));
        QCOMPARE(days[0].covered, Minute(2));
        QCOMPARE(byHourOfDay(counts, local)[2].minutes, std::uint64_t(2));
        QCOMPARE(local.text(minute("2026-10-25T00:30:00Z")), std::string("2026-10-25T02:30+02:00"));
        QCOMPARE(local.text(minute("2026-10-25T01:30:00Z")), std::string("2026-10-25T02:30+01:00"));
        const auto short_ = coverage(past.counts({spring, local.dayBegins(QDate(2026, 3, 30))}), local);
        QCOMPARE(short_[0].minutes, Minute(1380));
        // Parts of two days, in one that is not whole hours from UTC.
        const LocalTime kathmandu = LocalTime::of("Asia/Kathmandu").value();
        const auto parts = coverage(past.counts({minute("2026-05-04T18:00:00Z"),
                                                 minute("2026-05-04T19:00:00Z")}), kathmandu);
        QCOMPARE(parts.size(), std::size_t(2));
        QCOMPARE(parts[0].minutes, Minute(15));
    }

    void daysAreLaidOverEachOtherByTheClockOnTheWall()
    {
        Past past;
        const LocalTime local = berlin();
        const Minute before = local.at(QDate(2026, 10, 24), 10 * 60);
        const Minute after = local.at(QDate(2026, 10, 25), 10 * 60);
        QCOMPARE(after - before, Minute(25 * 60)); // an hour more lies between
        past.looks(before + 3, 1, 1);
        past.looks(after + 3, 1, 2);
        past.looks(minute("2026-10-25T00:30:00Z"), 1, 1); // 02:30, twice
        past.looks(minute("2026-10-25T01:30:00Z"), 1, 1);
        const auto days = dayAgainstDay(
            past.counts({local.dayBegins(QDate(2026, 10, 24)), local.dayBegins(QDate(2026, 10, 26))}),
            local, 60);
        QCOMPARE(days.size(), std::size_t(2));
        QCOMPARE(days[0].parts[10].detections, std::uint64_t(1));
        QCOMPARE(days[1].parts[10].detections, std::uint64_t(2));
        QCOMPARE(days[1].parts[2].minutes, std::uint64_t(2));
        QVERIFY(!days[0].parts[2].hasData());
    }

    void theClockOnTheWallIsFoundAgain()
    {
        const LocalTime local = berlin();
        for (const QDate &day : {QDate(2026, 3, 28), QDate(2026, 3, 29), QDate(2026, 10, 25)}) {
            for (int clock = 0; clock < 24 * 60; clock += 15) {
                const Minute at = local.at(day, clock);
                const bool skipped = day == QDate(2026, 3, 29) && clock >= 120 && clock < 180;
                QCOMPARE(local.minuteOfDay(at), skipped ? 180 : clock);
                QCOMPARE(local.date(at), day);
            }
            QCOMPARE(local.at(day, 24 * 60), local.dayBegins(day.addDays(1)));
        }
        QCOMPARE(local.at(QDate(2026, 10, 25), 150), minute("2026-10-25T00:30:00Z")); // the first
    }

    void longerStretchesHoldTheSame()
    {
        Past past;
        const Minute at = minute("2026-05-04T10:00:00Z");
        for (Minute i = 0; i < 30; i += 2)
            past.looks(at + i, 3, static_cast<std::size_t>(i % 4));
        const Counts minutes = past.counts({at, at + 30});
        const Counts fives = coarser(minutes, 5);
        QCOMPARE(fives.stretches.size(), std::size_t(6));
        QCOMPARE(totals(fives), totals(minutes));
        QCOMPARE(series(fives).size(), std::size_t(6));
        QCOMPARE(series(minutes, "a")[2].figures.seconds, std::uint64_t(1));
        QCOMPARE(series(minutes, "nobody")[2].figures.hasData(), false);
        Counts joined;
        merge(joined, past.counts({at, at + 7}));
        merge(joined, past.counts({at + 7, at + 30}));
        QVERIFY(joined == minutes);
    }

    void dwellIsExactToTheSecond()
    {
        DwellTimes times;
        times.visits = {{1, 5}, {4, 3}, {59, 1}, {4000, 1}};
        times.milliseconds = 4'090'000;
        QCOMPARE(visitCount(times), std::uint64_t(10));
        QCOMPARE(meanDwell(times), 409.0);
        QCOMPARE(dwellAt(times, 0.5), 1);
        QCOMPARE(dwellAt(times, 0.51), 4);
        QCOMPARE(dwellAt(times, 1), 4000);
        QCOMPARE(dwellAt({}, 0.5), 0);
        const auto bars = dwellBars(times);
        QCOMPARE(bars.front().visits, std::uint64_t(5));
        QCOMPARE(bars.back().visits, std::uint64_t(1));
        std::uint64_t sum = 0;
        for (const DwellBar &bar : bars)
            sum += bar.visits;
        QCOMPARE(sum, std::uint64_t(10));
    }

    void timesAreReadInTheZone_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("utc");
        QTest::newRow("utc") << QStringLiteral("2026-05-04T09:30:00Z") << QStringLiteral("2026-05-04T09:30:00Z");
        QTest::newRow("offset") << QStringLiteral("2026-05-04T09:30:00+02:00") << QStringLiteral("2026-05-04T07:30:00Z");
        QTest::newRow("local") << QStringLiteral("2026-05-04T09:30:00") << QStringLiteral("2026-05-04T07:30:00Z");
        QTest::newRow("day") << QStringLiteral("2026-05-04") << QStringLiteral("2026-05-03T22:00:00Z");
        QTest::newRow("number") << QStringLiteral("1777887000000") << QStringLiteral("2026-05-04T09:30:00Z");
        for (const char *bad : {"", "yesterday", "2026-13-01", "-1", "99999999999999", "2500-01-01"})
            QTest::newRow(bad) << QString::fromLatin1(bad) << QString();
    }
    void timesAreReadInTheZone()
    {
        QFETCH(QString, text);
        QFETCH(QString, utc);
        const auto time = berlin().parse(text.toStdString());
        QCOMPARE(time.has_value(), !utc.isEmpty());
        if (time)
            QCOMPARE(time->count(), QDateTime::fromString(utc, Qt::ISODate).toMSecsSinceEpoch());
    }

    void unknownZonesAreRefused()
    {
        QVERIFY(LocalTime::of("Europe/Berlin\n").error().code == ErrorCode::InvalidArgument);
        QVERIFY(!LocalTime::of("Moon/Tycho"));
        QVERIFY(LocalTime::of("").has_value());
    }
};

QTEST_GUILESS_MAIN(TestCounts)
#include "test_counts.moc"
