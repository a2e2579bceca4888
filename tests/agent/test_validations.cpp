// Manual counts: kept across starts, bounded, held against visits.
#include "libfacetrack/agent/validations.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace facetrack;

class TestValidations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsAreKeptWithTheirRevision()
    {
        QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("validations.json")).toStdString();
        {
            Validations validations(file);
            QVERIFY(validations.all().empty());
            QVERIFY(validations.add({UtcTime(1000), UtcTime(2000), 7, "left lane", "run1", 3,
                                     UtcTime(3000)}).has_value());
        }
        const auto all = Validations(file).all();
        QCOMPARE(all.size(), std::size_t(1));
        QCOMPARE(all[0].count, std::int64_t(7));
        QCOMPARE(all[0].note, std::string("left lane"));
        QCOMPARE(all[0].revision, 3U);
        QCOMPARE(all[0].to, UtcTime(2000));
    }

    void aDamagedFileIsPutAside()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("validations.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[{\"from\": 1}]");
        file.close();
        Validations validations(file.fileName().toStdString());
        QVERIFY(validations.all().empty());
        QVERIFY(QFile::exists(file.fileName() + QStringLiteral(".damaged")));
        QVERIFY(validations.add({UtcTime(1), UtcTime(2), 1, {}, {}, 1, UtcTime(3)}).has_value());
    }

    void whatCannotBeWrittenIsNotKept()
    {
        Validations validations("/proc/no/such/folder/validations.json");
        QVERIFY(!validations.add({UtcTime(1), UtcTime(2), 1, {}, {}, 1, UtcTime(3)}));
        QVERIFY(validations.all().empty());
    }

    void visitsAreHeldAgainstTheCount()
    {
        QCOMPARE(visitAccuracy(8, 10).recall, 0.8);
        QCOMPARE(visitAccuracy(8, 10).precision, 1.0);
        QCOMPARE(visitAccuracy(12, 10).recall, 1.0);
        QCOMPARE(visitAccuracy(12, 10).precision, 10.0 / 12);
        QCOMPARE(visitAccuracy(0, 0).recall, 1.0);
        QCOMPARE(visitAccuracy(0, 5).recall, 0.0);
    }
};

QTEST_GUILESS_MAIN(TestValidations)
#include "test_validations.moc"
