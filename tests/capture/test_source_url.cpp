#include "libfacetrack/capture/capture_source.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace facetrack;

class TestSourceUrl : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesApartSchemePathAndOptions();
    void decodesPercent();
    void readsSizeAndFit();
    void refuses_data();
    void refuses();
    void namesTheNearestOptionAndAll();
    void readsNumbersFlagsAndChoices();
    void badValuesNameOptionAndLimits_data();
    void badValuesNameOptionAndLimits();
    void unknownKindNamesTheKnown();
    void plainPathIsToldItsScheme();
};

void TestSourceUrl::takesApartSchemePathAndOptions()
{
    const auto url = SourceUrl::parse("file:/a b/c:d.mp4?loop=1&rate=max");
    QVERIFY(url);
    QCOMPARE(url->scheme, std::string("file"));
    QCOMPARE(url->path, std::string("/a b/c:d.mp4"));
    QCOMPARE(url->options.size(), std::size_t(2));
    QCOMPARE(url->options.at("loop"), std::string("1"));
    QCOMPARE(url->options.at("rate"), std::string("max"));
    QVERIFY(url->size.empty());
    QVERIFY(url->fit == Fit::Stretch);
}

void TestSourceUrl::decodesPercent()
{
    const auto url = SourceUrl::parse("file:100%25%3f%20x.mp4?name=a%26b");
    QVERIFY(url);
    QCOMPARE(url->path, std::string("100%? x.mp4"));
    QCOMPARE(url->options.at("name"), std::string("a&b"));
}

void TestSourceUrl::readsSizeAndFit()
{
    const auto url = SourceUrl::parse("file:x?size=1088x720&fit=letterbox");
    QVERIFY(url);
    QCOMPARE(url->size, (Size{1088, 720}));
    QVERIFY(url->fit == Fit::Letterbox);
    QVERIFY(url->allowOnly({}));
}

void TestSourceUrl::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const char *text, const char *says) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(says);
    };
    row("nothing", "", "empty");
    row("no scheme", "talking.mp4", "kind");
    row("empty scheme", ":x", "kind");
    row("path before colon", "/dev/x:1", "kind");
    row("cut percent", "file:100%", "%25");
    row("wrong percent", "file:%zz", "%25");
    row("NUL", "file:a%00b", "%");
    row("no value", "file:x?loop", "loop=1");
    row("no key", "file:x?=1", "key=value");
    row("twice", "file:x?loop=1&loop=0", "twice");
    row("size too small", "file:x?size=15x100", "16 to 8192");
    row("size too large", "file:x?size=100x8193", "16 to 8192");
    row("size half", "file:x?size=100", "WIDTHxHEIGHT");
    row("size negative", "file:x?size=-64x64", "16 to 8192");
    row("size with rubbish", "file:x?size=64x64x64", "WIDTHxHEIGHT");
    row("fit", "file:x?fit=zoom", "stretch, crop, letterbox");
}

void TestSourceUrl::refuses()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const auto url = SourceUrl::parse(text.toStdString());
    QVERIFY(!url);
    QVERIFY(url.error().code == ErrorCode::InvalidArgument);
    const QString line = QString::fromStdString(describe(url.error()));
    QVERIFY2(line.contains(says), qPrintable(line));
}

void TestSourceUrl::namesTheNearestOptionAndAll()
{
    const auto refused = SourceUrl::parse("file:x?lop=1")->allowOnly({"loop", "rate"});
    QVERIFY(!refused);
    QCOMPARE(refused.error().message, std::string("there is no option \"lop\" for file:"));
    QCOMPARE(refused.error().advice,
             std::string("did you mean loop? known options: fit, loop, rate, size"));
    const auto strange = SourceUrl::parse("file:x?whatever=1")->allowOnly({"loop"});
    QCOMPARE(strange.error().advice, std::string("known options: fit, loop, size"));
}

void TestSourceUrl::readsNumbersFlagsAndChoices()
{
    const auto url = SourceUrl::parse("x:y?fps=12.5&seed=-3&a=yes&b=0&rate=max");
    QVERIFY(url);
    QCOMPARE(*url->number("fps", 1, 1, 120), 12.5);
    QCOMPARE(*url->number("absent", 7.5, 1, 120), 7.5);
    QCOMPARE(*url->integer("seed", 0, -5, 5), std::int64_t(-3));
    QCOMPARE(*url->flag("a", false), true);
    QCOMPARE(*url->flag("b", true), false);
    QCOMPARE(*url->flag("absent", true), true);
    QCOMPARE(*url->choice("rate", {"native", "max"}), std::string("max"));
    QCOMPARE(*url->choice("absent", {"native", "max"}), std::string("native"));
}

void TestSourceUrl::badValuesNameOptionAndLimits_data()
{
    QTest::addColumn<QString>("value");
    for (const char *value : {"", "x", "0", "121", "nan", "inf", "12x", " 5", "1e999"})
        QTest::newRow(value) << QString::fromUtf8(value);
}

void TestSourceUrl::badValuesNameOptionAndLimits()
{
    QFETCH(QString, value);
    const auto url = SourceUrl::parse("x:y?fps=" + value.toStdString());
    QVERIFY(url);
    const auto number = url->number("fps", 1, 1, 120);
    QVERIFY(!number);
    QVERIFY(number.error().message.ends_with("must be a number from 1 to 120"));
    const auto integer = url->integer("fps", 1, 1, 120);
    QVERIFY(!integer);
    QVERIFY(integer.error().message.starts_with("option fps is "));
    QVERIFY(integer.error().message.ends_with("must be a whole number from 1 to 120"));
}

void TestSourceUrl::unknownKindNamesTheKnown()
{
    const auto source = openSource("fiel:x.mp4", Pacing::RealTime);
    QVERIFY(!source);
    QVERIFY(source.error().code == ErrorCode::InvalidArgument);
    for (const SourceKind &kind : sourceKinds())
        QVERIFY(source.error().advice.find(std::string(kind.scheme) + ":") != std::string::npos);
}

void TestSourceUrl::plainPathIsToldItsScheme()
{
    const QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("a.mp4")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const std::string path = file.fileName().toStdString();
    QCOMPARE(openSource(path, Pacing::RealTime).error().advice, "use file:" + path);
    const std::string folder = directory.path().toStdString();
    QCOMPARE(openSource(folder, Pacing::RealTime).error().advice, "use images:" + folder);
}

QTEST_GUILESS_MAIN(TestSourceUrl)
#include "test_source_url.moc"
