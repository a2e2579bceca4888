// What comes from strangers or from disk before anyone has judged it: gzip, JSON, files.
#include "libfacetrack/base/file_text.h"
#include "libfacetrack/base/gzip.h"
#include "libfacetrack/base/strict_json.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

using namespace facetrack;

namespace {

std::filesystem::path pathIn(const QTemporaryDir &directory, const char *name)
{
    return directory.filePath(QString::fromUtf8(name)).toStdString();
}

std::string whyNot(const std::string &json, std::size_t depth = 16)
{
    const auto value = parseStrictJson(json, depth);
    return value ? std::string("taken") : value.error().message;
}

} // namespace

class TestUntrustedBytes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void gzipComesBack()
    {
        QRandomGenerator random(1);
        for (const std::size_t size : {0U, 1U, 70'000U, 1'000'000U}) {
            std::string text(size, '\0');
            for (char &c : text)
                c = static_cast<char>(random.bounded(64));
            const auto back = gunzipped(gzipped(text), size);
            QVERIFY(back);
            QVERIFY(*back == text);
        }
    }

    void gzipOverTheLimitIsRefusedAndExactlyTheLimitIsNot()
    {
        const std::string packed = gzipped(std::string(300'000, 'x'));
        QCOMPARE(gunzipped(packed, 300'000)->size(), std::size_t{300'000});
        const auto over = gunzipped(packed, 299'999);
        QVERIFY(!over);
        QVERIFY(over.error().code == ErrorCode::Full);
    }

    void aZipBombTakesNoMoreMemoryThanTheLimit()
    {
        // 1 GB of zeros made of pieces, each packed alone, would be several members; one member of
        // 256 MB is bomb enough to be seen in the peak of the process.
        const std::string bomb = gzipped(std::string(256 * 1024 * 1024, '\0'), 9);
        QVERIFY(bomb.size() < 1024 * 1024);
        const auto peak = [] {
            QFile status(QStringLiteral("/proc/self/status"));
            if (!status.open(QIODevice::ReadOnly))
                return 0LL;
            for (const QByteArray &line : status.readAll().split('\n'))
                if (line.startsWith("VmHWM:"))
                    return line.mid(6).trimmed().split(' ').first().toLongLong();
            return 0LL;
        };
        // The peak is reset, so that making the bomb does not count.
        QFile reset(QStringLiteral("/proc/self/clear_refs"));
        if (!reset.open(QIODevice::WriteOnly) || reset.write("5") != 1)
            QSKIP("this kernel does not reset the peak of memory");
        reset.close();
        const long long before = peak();
        const auto refused = gunzipped(bomb, 1024 * 1024);
        QVERIFY(!refused);
        QVERIFY(refused.error().code == ErrorCode::Full);
        QVERIFY2(peak() - before < 8 * 1024, "kB");
    }

    void damagedGzipIsRefused()
    {
        const std::string good = gzipped("facetrack facetrack facetrack");
        QVERIFY(!gunzipped("", 100));
        QVERIFY(!gunzipped("no gzip at all", 100));
        QVERIFY(!gunzipped(good + "x", 100));
        QVERIFY(!gunzipped(good + good, 100));
        for (std::size_t cut = 0; cut < good.size(); ++cut)
            QVERIFY(!gunzipped(good.substr(0, cut), 100));
        for (std::size_t at = 0; at < good.size(); ++at) {
            std::string bad = good;
            bad[at] = static_cast<char>(bad[at] ^ 0x20);
            const auto read = gunzipped(bad, 100);
            // Bytes of the header that say nothing about the content may change.
            QVERIFY(!read || *read == "facetrack facetrack facetrack");
        }
    }

    void strictJsonTakesWhatIsPlain()
    {
        const std::string text = R"({"a":[1,-2,3.5,true,null,"ä"],"b":{"a":{}}})";
        const auto value = parseStrictJson(text);
        QVERIFY(value);
        QVERIFY(*value == nlohmann::json::parse(text));
        QCOMPARE(parseStrictJson("7")->get<int>(), 7);
    }

    void strictJsonRefusesWhatIsDoubtful_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("empty") << QByteArray("") << QByteArray("no JSON");
        QTest::newRow("twice") << QByteArray(R"({"a":1,"a":1})") << QByteArray("\"a\" comes twice");
        QTest::newRow("twice, once escaped")
            << QByteArray(R"({"stmt":1,"st\u006dt":1})") << QByteArray("\"stmt\" comes twice");
        QTest::newRow("twice inside") << QByteArray(R"([{"b":{"a":1,"a":{}}}])")
                                      << QByteArray("comes twice");
        QTest::newRow("two values") << QByteArray("{} {}") << QByteArray("no JSON");
        QTest::newRow("cut") << QByteArray(R"({"a":)") << QByteArray("no JSON");
        QTest::newRow("comment") << QByteArray("{} // x") << QByteArray("no JSON");
        QTest::newRow("NaN") << QByteArray("[NaN]") << QByteArray("no JSON");
        QTest::newRow("beyond a double") << QByteArray("[1e999]") << QByteArray("no JSON");
        QTest::newRow("not UTF-8") << QByteArray("[\"\xff\"]") << QByteArray("no JSON");
        QTest::newRow("half a surrogate") << QByteArray(R"(["\ud800"])") << QByteArray("no JSON");
        QTest::newRow("NUL") << QByteArray("[1]\0", 4) << QByteArray("no JSON");
        QTest::newRow("too deep") << QByteArray(17, '[') + QByteArray(17, ']')
                                  << QByteArray("nested deeper than 16");
        QTest::newRow("very deep") << QByteArray(1'000'000, '[') << QByteArray("nested deeper");
    }
    void strictJsonRefusesWhatIsDoubtful()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, word);
        const std::string reason = whyNot(text.toStdString());
        QVERIFY2(reason.find(word.toStdString()) != reason.npos, reason.c_str());
        QVERIFY2(reason.size() < 200, reason.c_str());
    }

    void aSecretThatOthersMayReadIsRefused()
    {
        const QTemporaryDir directory;
        const auto file = pathIn(directory, "secret");
        QVERIFY(replaceText(file, "word\n", FileAccess::OwnerOnly));
        QCOMPARE(readSecretText(file).value(), std::string("word\n"));
        for (const mode_t mode : {0640, 0604, 0620, 0602, 0644}) {
            QCOMPARE(::chmod(file.c_str(), mode), 0);
            const auto read = readSecretText(file);
            QVERIFY(!read);
            QVERIFY(read.error().code == ErrorCode::Denied);
            QVERIFY(read.error().advice.find("chmod 600") == 0);
        }
        QVERIFY(readSecretText(pathIn(directory, "none")).error().code == ErrorCode::NotFound);
    }

    void aSecretIsNeverWrittenWhereOthersMayReadIt()
    {
        const QTemporaryDir directory;
        const auto file = pathIn(directory, "secret");
        // Left behind by a crash, readable for all.
        QVERIFY(replaceText(pathIn(directory, "secret.new"), "old", FileAccess::Everybody));
        QVERIFY(replaceText(file, "word\n", FileAccess::OwnerOnly));
        struct stat status = {};
        QCOMPARE(::stat(file.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
    }
};

QTEST_GUILESS_MAIN(TestUntrustedBytes)
#include "test_untrusted_bytes.moc"
