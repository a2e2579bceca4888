#include "journal_fixture.h"

#include <QFile>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace fixture;

namespace {

void runSql(const std::filesystem::path &file, const char *sql)
{
    sqlite3 *connection = nullptr;
    QCOMPARE(sqlite3_open(file.c_str(), &connection), SQLITE_OK);
    QCOMPARE(sqlite3_exec(connection, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(connection);
}

Error errorOfOpening(const JournalOptions &options)
{
    const auto journal = Journal::open(options);
    return journal ? Error{ErrorCode::Internal, "", "it opened", ""} : journal.error();
}

} // namespace

class TestJournalOpen : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newerVersionIsRefusedInWords()
    {
        const QTemporaryDir directory;
        openOrDie(optionsFor(directory));
        runSql(fileIn(directory), "PRAGMA user_version = 7");
        const Error error = errorOfOpening(optionsFor(directory));
        QCOMPARE(error.code, ErrorCode::Unsupported);
        QCOMPARE(error.message, std::string("written by a newer facetrack (journal version 7, this "
                                            "one knows 2)"));
        QCOMPARE(error.where, fileIn(directory).string());
    }

    void otherFilesAreRefusedAndLeftAsTheyAre()
    {
        const QTemporaryDir directory;
        QFile file(QString::fromStdString(fileIn(directory).string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QByteArray content = QByteArray("this is not a database\n").repeated(100);
        file.write(content);
        file.close();
        const Error error = errorOfOpening(optionsFor(directory));
        QCOMPARE(error.code, ErrorCode::Corrupt);
        QVERIFY(error.advice.find("move") != std::string::npos);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), content);
    }

    void databaseOfAnotherProgramIsRefused()
    {
        const QTemporaryDir directory;
        runSql(fileIn(directory), "CREATE TABLE shopping(item TEXT)");
        const Error error = errorOfOpening(optionsFor(directory));
        QCOMPARE(error.code, ErrorCode::Corrupt);
        QVERIFY(error.message.find("not a facetrack journal") != std::string::npos);
    }

    void shortenedFileIsCorrupt()
    {
        const QTemporaryDir directory;
        appendNumbers(*openOrDie(optionsFor(directory)), 0, 20'000);
        std::filesystem::resize_file(fileIn(directory), 100'000);
        QCOMPARE(errorOfOpening(optionsFor(directory)).code, ErrorCode::Corrupt);
    }

    void emptyFileBecomesAJournal()
    {
        const QTemporaryDir directory;
        QFile file(QString::fromStdString(fileIn(directory).string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        QCOMPARE(openOrDie(optionsFor(directory))->state().rows, 0U);
    }

    void missingDirectoryIsNamed()
    {
        JournalOptions options;
        options.file = "/nonexistent/place/journal.db";
        const Error error = errorOfOpening(options);
        QCOMPARE(error.code, ErrorCode::Io);
        QVERIFY(describe(error).find("/nonexistent/place") != std::string::npos);
    }

    void unwritableDirectoryIsDenied()
    {
        const QTemporaryDir directory;
        ::chmod(directory.path().toUtf8().constData(), 0555);
        constexpr uid_t nobody = 65534;
        const bool root = ::geteuid() == 0; // who may write everywhere
        if (root)
            QCOMPARE(::seteuid(nobody), 0);
        const Error error = errorOfOpening(optionsFor(directory));
        if (root)
            QCOMPARE(::seteuid(0), 0);
        QCOMPARE(error.code, ErrorCode::Denied);
        ::chmod(directory.path().toUtf8().constData(), 0755);
    }

    void secondOpeningIsRefusedUntilTheFirstEnds()
    {
        const QTemporaryDir directory;
        {
            const auto first = openOrDie(optionsFor(directory));
            const Error error = errorOfOpening(optionsFor(directory));
            QCOMPARE(error.code, ErrorCode::Unavailable);
            QVERIFY(error.message.find("another facetrack") != std::string::npos);
        }
        openOrDie(optionsFor(directory));
    }

    void impossibleOptionsAreRefused()
    {
        const QTemporaryDir directory;
        JournalOptions options = optionsFor(directory);
        options.maxBytes = 1000;
        QCOMPARE(errorOfOpening(options).code, ErrorCode::InvalidArgument);
        options = optionsFor(directory);
        options.queueCapacity = 0;
        QCOMPARE(errorOfOpening(options).code, ErrorCode::InvalidArgument);
    }

    void positionsDoNotComeBackAfterEverythingWasRemoved()
    {
        const QTemporaryDir directory;
        JournalOptions options = optionsFor(directory);
        options.maxAge = 1h;
        {
            const auto journal = openOrDie(options);
            appendNumbers(*journal, 0, 99);
            QVERIFY(journal->flush(patience));
            journal->markDelivered(1, 100);
            QVERIFY(journal->flush(patience));
        }
        // As after a purge of all rows.
        runSql(options.file, "DELETE FROM records; UPDATE totals SET rows = 0");
        const auto journal = openOrDie(options);
        QCOMPARE(journal->state().rows, 0U);
        QCOMPARE(journal->state().undelivered, 0U);
        appendNumbers(*journal, 200, 200);
        QVERIFY(journal->flush(patience));
        QCOMPARE(undeliveredPositions(*journal), std::vector<std::int64_t>{101});
    }
};

QTEST_GUILESS_MAIN(TestJournalOpen)
#include "test_journal_open.moc"
