#include "journal_fixture.h"
#include "sqlite_faults.h"

#include <QFile>
#include <sys/mount.h>
#include <unistd.h>

using namespace fixture;

namespace {

void expectUnwritableWarning()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("records wait in memory")));
}

/// Appends until the Journal says that it cannot write; returns the number accepted.
std::uint64_t fillUp(Journal &journal)
{
    std::uint64_t next = 0;
    while (journal.state().writable && next < 1'000'000) {
        for (int i = 0; i < 500; ++i)
            next += journal.append(recordNumber(next)) ? 1 : 0;
        journal.flush(50ms);
    }
    return next;
}

void checkAllThere(const Journal &journal, std::uint64_t count)
{
    const auto records = journal.undelivered(0, 2'000'000);
    QVERIFY(records);
    QCOMPARE(records->size(), static_cast<std::size_t>(count));
    for (std::uint64_t at = 0; at < count; ++at)
        QCOMPARE((*records)[at].record.sequence, at);
}

} // namespace

Q_DECLARE_METATYPE(facetrack::ErrorCode)

class TestJournalFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { faults::install(); }
    void init() { faults::writeResult = faults::syncResult = SQLITE_OK; }

    void failingDiskStopsTheJournalUntilItWorks_data()
    {
        QTest::addColumn<int>("writing");
        QTest::addColumn<int>("syncing");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("words");
        QTest::newRow("full") << SQLITE_FULL << SQLITE_OK << ErrorCode::Full
                              << QStringLiteral("the disk is full");
        QTest::newRow("write") << SQLITE_IOERR_WRITE << SQLITE_OK << ErrorCode::Io
                               << QStringLiteral("check the disk or SD card");
        QTest::newRow("sync") << SQLITE_OK << SQLITE_IOERR_FSYNC << ErrorCode::Io
                              << QStringLiteral("check the disk or SD card");
        QTest::newRow("read-only") << SQLITE_READONLY << SQLITE_OK << ErrorCode::Denied
                                   << QStringLiteral("not read-only");
    }

    void failingDiskStopsTheJournalUntilItWorks()
    {
        QFETCH(int, writing);
        QFETCH(int, syncing);
        QFETCH(ErrorCode, code);
        QFETCH(QString, words);
        const QTemporaryDir directory;
        JournalOptions options = optionsFor(directory);
        options.queueCapacity = 5'000;
        const auto journal = openOrDie(options);
        appendNumbers(*journal, 0, 999);
        QVERIFY(journal->flush(patience));
        expectUnwritableWarning();
        faults::writeResult = writing;
        faults::syncResult = syncing;
        appendNumbers(*journal, 1000, 1099);
        const auto first = journal->appendAndCommit({recordNumber(1100)});
        QVERIFY(!first);
        QCOMPARE(first.error().code, code);
        const JournalState state = journal->state();
        QVERIFY(!state.writable);
        QVERIFY2(state.lastError.find(words.toStdString()) != std::string::npos,
                 state.lastError.c_str());
        QVERIFY(state.lastError.find(fileIn(directory).string()) != std::string::npos);
        QCOMPARE(journal->appendAndCommit({recordNumber(9'999'999)}).error().code, code);
        // What comes now waits in memory up to the bound; then it is refused and counted.
        std::uint64_t next = 1101;
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("LOST")));
        while (journal->append(recordNumber(next)))
            ++next;
        QCOMPARE(next, 1000U + 5000U);
        QCOMPARE(journal->state().droppedQueueFull, 1U);
        QVERIFY(!journal->flush(50ms));
        faults::writeResult = faults::syncResult = SQLITE_OK;
        QVERIFY(journal->flush(patience));
        QVERIFY(journal->state().writable);
        QVERIFY(journal->state().lastError.empty());
        checkAllThere(*journal, next);
    }

    void fullFileSystemStopsTheJournalUntilThereIsRoom()
    {
        const QTemporaryDir directory;
        const QByteArray place = directory.path().toUtf8();
        if (::geteuid() != 0 || ::mount("none", place, "tmpfs", 0, "size=2m") != 0)
            QSKIP("needs the right to mount a tmpfs");
        {
            QFile ballast(directory.filePath(QStringLiteral("ballast")));
            QVERIFY(ballast.open(QIODevice::WriteOnly));
            ballast.write(QByteArray(1'000'000, 'x'));
            ballast.close();
            const auto journal = openOrDie(optionsFor(directory));
            expectUnwritableWarning();
            const std::uint64_t accepted = fillUp(*journal);
            const JournalState state = journal->state();
            QVERIFY(!state.writable);
            QVERIFY2(state.lastError.find("disk is full") != std::string::npos,
                     state.lastError.c_str());
            QVERIFY(ballast.remove());
            QVERIFY(journal->flush(patience));
            checkAllThere(*journal, accepted);
        }
        ::umount(place);
    }

    void aLockedDatabaseIsTriedAgain()
    {
        const QTemporaryDir directory;
        const auto journal = openOrDie(optionsFor(directory));
        sqlite3 *other = nullptr;
        QCOMPARE(sqlite3_open(fileIn(directory).c_str(), &other), SQLITE_OK);
        QCOMPARE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
        expectUnwritableWarning();
        appendNumbers(*journal, 0, 9);
        const auto refused = journal->appendAndCommit({recordNumber(10)});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Unavailable);
        sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
        sqlite3_close(other);
        QVERIFY(journal->flush(patience));
        // The refused one was kept after all: repeating it changes nothing.
        QVERIFY(journal->appendAndCommit({recordNumber(10)}));
        checkAllThere(*journal, 11);
    }

    void closingWhileUnwritableDoesNotHang()
    {
        const QTemporaryDir directory;
        auto journal = openOrDie(optionsFor(directory));
        expectUnwritableWarning();
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(QStringLiteral("records LOST")));
        faults::writeResult = SQLITE_FULL;
        fillUp(*journal);
        journal.reset();
    }
};

QTEST_GUILESS_MAIN(TestJournalFaults)
#include "test_journal_faults.moc"
