// A made-up event from the command line into a Journal and into a database, and the report about it.
#include "tests/fake_cratedb/fake_crate.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

namespace {

struct Done
{
    int status = -1;
    QByteArray out, errors;
};

Done runProgram(const char *program, const QStringList &arguments)
{
    QProcess process;
    process.start(QString::fromUtf8(program), arguments);
    if (!process.waitForFinished(120'000))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

Done facetrack(const QString &arguments)
{
    return runProgram(FACETRACK_CLI, arguments.split(u' ', Qt::SkipEmptyParts));
}

QString contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

class TestE2eReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aJournalAndADatabaseGiveTheSameReport()
    {
        const QTemporaryDir folder;
        const FakeCrate crate({QStringLiteral("--refresh-ms"), QStringLiteral("0")});
        QCOMPARE(runProgram(FACETRACK_AGENTD, {QStringLiteral("database"), QStringLiteral("--apply"),
                                               QStringLiteral("--url"), crate.url()}).status, 0);
        const QString event = QStringLiteral(
            "simulate --from 2026-05-04 --total 20166 --rate 0.2 --outages 3 --late 0.01 --duplicates 0.01 ");
        const Done kept = facetrack(event + QStringLiteral("--journal %1/j --truth %1/truth.json")
                                                .arg(folder.path()));
        QVERIFY2(kept.status == 0, kept.errors.constData());
        QVERIFY2(kept.out.contains("20166 face detections"), kept.out.constData());
        const Done sent = facetrack(event + QStringLiteral("--url ") + crate.url());
        QVERIFY2(sent.status == 0, sent.errors.constData());
        QCOMPARE(sent.out, kept.out);
        const auto flagged = crate.rows("SELECT count(*) FROM facetrack.observations WHERE simulated");
        const auto all = crate.rows("SELECT count(*) FROM facetrack.observations");
        QVERIFY(flagged == all && all[0][0] > 50'000);
        QCOMPARE(crate.rows("SELECT count(*) FROM facetrack.visits WHERE NOT simulated")[0][0].dump(),
                 std::string("0"));

        const QString days = QStringLiteral("report --days 2026-05-04..2026-05-05 --hours 08:00-20:00 "
                                            "--tz Europe/Berlin --out %1/%2 ");
        const Done read = facetrack(days.arg(folder.path(), QStringLiteral("a"))
                                    + QStringLiteral("--journal %1/j").arg(folder.path()));
        QVERIFY2(read.status == 0, read.errors.constData());
        QVERIFY2(read.out.contains("20,166"), read.out.constData());
        QVERIFY(read.out.contains("made up"));
        const Done asked = facetrack(days.arg(folder.path(), QStringLiteral("b"))
                                     + QStringLiteral("--url ") + crate.url());
        QVERIFY2(asked.status == 0, asked.errors.constData());
        QCOMPARE(asked.out, read.out);
        QVERIFY(runProgram(FACETRACK_AGENTD,
                           {QStringLiteral("rollup"), QStringLiteral("--hours"), QStringLiteral("0"),
                            QStringLiteral("--url"), crate.url()}).out.contains(" hours, 0 of them"));
        const Done summed = facetrack(days.arg(folder.path(), QStringLiteral("c"))
                                      + QStringLiteral("--url ") + crate.url());
        for (const char *table : {"key-figures", "how-counted", "days", "hours", "minutes", "agents",
                                  "day-against-day", "dwell", "heat-map", "gaps", "settings-changes"}) {
            const QString file = folder.path() + QStringLiteral("/%1/") + QString::fromUtf8(table)
                                 + QStringLiteral(".csv");
            QVERIFY(contentOf(file.arg(QStringLiteral("a"))).size() > 20);
            QCOMPARE(contentOf(file.arg(QStringLiteral("b"))), contentOf(file.arg(QStringLiteral("a"))));
            QCOMPARE(contentOf(file.arg(QStringLiteral("c"))), contentOf(file.arg(QStringLiteral("a"))));
        }
        QCOMPARE(summed.out, read.out);
    }

    void whatCannotBeIsSaid()
    {
        QVERIFY(facetrack(QStringLiteral("simulate --from 2026-05-04")).errors.contains("--journal FILE"));
        QCOMPARE(facetrack(QStringLiteral("simulate --from someday --journal /tmp/never")).status, 2);
        QCOMPARE(facetrack(QStringLiteral("report --days 2026-05-04 --hours 9-18 --journal x")).status, 2);
        const Done none = facetrack(QStringLiteral("report --days 2026-05-04 --journal /nowhere/x"));
        QVERIFY(none.status == 2 && none.errors.contains("no such Journal"));
        const Done away = facetrack(QStringLiteral("report --days 2026-05-04 --known-agents /nowhere/x "
                                                   "--agents 127.0.0.1:1"));
        QCOMPARE(away.status, 3);
    }
};

QTEST_GUILESS_MAIN(TestE2eReport)
#include "test_e2e_report.moc"
