#include "journal_fixture.h"

#include <QProcess>
#include <QRegularExpression>
#include <random>
#include <set>

using namespace fixture;

namespace {

constexpr int kills = 20;

/// Lets the writer run until it has said `reports` times what is committed and kills it a moment
/// later; returns the last count it gave.
std::uint64_t runAndKill(const std::filesystem::path &file, const QString &run, int reports,
                         std::chrono::microseconds moment)
{
    QProcess writer;
    writer.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    writer.start(qEnvironmentVariable("JOURNAL_WRITER"),
                 {QString::fromStdString(file.string()), run});
    QByteArray said;
    while (said.count('\n') < reports && writer.waitForReadyRead(30'000))
        said += writer.readAllStandardOutput();
    std::this_thread::sleep_for(moment);
    writer.kill(); // SIGKILL
    writer.waitForFinished(-1);
    said += writer.readAllStandardOutput();
    // The last line may be cut off; only a whole one is a promise.
    said.truncate(said.lastIndexOf('\n') + 1);
    const qsizetype last = said.lastIndexOf("committed ");
    if (last < 0 || writer.exitStatus() != QProcess::CrashExit)
        qFatal("the writer ended by itself: %s", said.constData());
    return said.mid(last + 10).trimmed().toULongLong();
}

} // namespace

class TestJournalKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasCommittedSurvivesKill()
    {
        if (!qEnvironmentVariableIsSet("JOURNAL_WRITER"))
            QSKIP("JOURNAL_WRITER does not say where the journal_writer program is");
        const QTemporaryDir directory;
        const auto seed = qEnvironmentVariableIsSet("SEED")
            ? static_cast<unsigned>(qEnvironmentVariableIntValue("SEED"))
            : std::random_device{}();
        qInfo("SEED=%u", seed);
        std::mt19937 random(seed);
        std::int64_t lastPosition = 0;
        for (int round = 0; round < kills; ++round) {
            const int reports = std::uniform_int_distribution<>(1, 60)(random);
            const std::chrono::microseconds moment(std::uniform_int_distribution<>(0, 4000)(random));
            const QString run = QStringLiteral("run-%1").arg(round);
            const std::uint64_t promised = runAndKill(fileIn(directory), run, reports, moment);
            // The lock went with the process; everything is read back from the file.
            const auto journal = openOrDie(optionsFor(directory));
            checkRun(*journal, run.toStdString(), promised, lastPosition);
            lastPosition = std::max(lastPosition, journal->state().lastPosition);
        }
    }

private:
    static void checkRun(Journal &journal, const std::string &run, std::uint64_t promised,
                         std::int64_t lastPosition)
    {
        const auto records = journal.between(RecordType::Observation, UtcTime(0), UtcTime::max(),
                                             lastPosition, 1'000'000);
        QVERIFY(records);
        QVERIFY2(records->size() >= promised,
                 qPrintable(QStringLiteral("%1 < %2").arg(records->size()).arg(promised)));
        for (std::size_t at = 0; at < records->size(); ++at) {
            QCOMPARE((*records)[at].record.run, run);
            QCOMPARE((*records)[at].record.sequence, static_cast<std::uint64_t>(at)); // no gap
            QCOMPARE((*records)[at].position, lastPosition + 1 + static_cast<std::int64_t>(at));
        }
        const JournalState state = journal.state();
        const auto all = journal.between(RecordType::Observation, UtcTime(0), UtcTime::max(), 0,
                                         10'000'000);
        QVERIFY(all);
        QCOMPARE(state.rows, static_cast<std::uint64_t>(all->size()));
        QCOMPARE(state.undelivered, static_cast<std::uint64_t>(undeliveredPositions(journal).size()));
    }
};

QTEST_GUILESS_MAIN(TestJournalKill)
#include "test_journal_kill.moc"
