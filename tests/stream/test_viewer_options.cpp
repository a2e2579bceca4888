#include "libfacetrack/stream/viewer_options.h"

#include <QTest>

using namespace facetrack;

class TestViewerOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingAskedFollowsTheTuning()
    {
        const auto options = parseViewerOptions({});
        QVERIFY(options.has_value());
        QVERIFY(*options == ViewerOptions());
        StreamTuning tuning;
        tuning.width = 640;
        tuning.quality = 33;
        tuning.caption = false;
        tuning.fps = 7;
        const PictureKey expected{640, 33, true, false, Boxes::Live};
        QVERIFY(pictureFor(*options, tuning) == expected);
        QCOMPARE(rateLimitFor(*options, tuning), 7.0);
    }

    void whatIsAskedWinsOverTheTuning()
    {
        const auto options = parseViewerOptions({{"width", "320"}, {"quality", "50"},
                                                 {"fps", "0.5"}, {"overlay", "0"},
                                                 {"boxes", "exact"}, {"caption", "0"}});
        QVERIFY(options.has_value());
        const PictureKey expected{320, 50, false, false, Boxes::Exact};
        QVERIFY(pictureFor(*options, StreamTuning()) == expected);
        QCOMPARE(rateLimitFor(*options, StreamTuning()), 0.5);
    }

    void widthsAreRoundedSoThatFewDiffer()
    {
        QCOMPARE(*parseViewerOptions({{"width", "500"}})->width, 496);
        QCOMPARE(*parseViewerOptions({{"width", "504"}})->width, 512);
        QCOMPARE(*parseViewerOptions({{"width", "16"}})->width, 16);
        QCOMPARE(*parseViewerOptions({{"width", "4096"}})->width, 4096);
    }

    void otherKeysAreIgnored()
    {
        QVERIFY(parseViewerOptions({{"t", "1511500000"}}).has_value());
    }

    void refusesWithKeyValueAndWhatIsPossible_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("possible");
        const auto row = [](const char *key, const char *value, const char *possible) {
            QTest::addRow("%s=%s", key, value) << QString::fromUtf8(key) << QString::fromUtf8(value)
                                               << QString::fromUtf8(possible);
        };
        for (const char *bad : {"15", "4097", "-320", "", "wide", "320px", "3.5", "99999999999999"})
            row("width", bad, "16 to 4096");
        for (const char *bad : {"0", "101", "high"})
            row("quality", bad, "1 to 100");
        for (const char *bad : {"0", "0.05", "121", "nan", "inf", "1e9", "fast"})
            row("fps", bad, "0.1 to 120");
        for (const char *bad : {"2", "true", ""})
            row("overlay", bad, "0 or 1");
        row("caption", "yes", "0 or 1");
        row("boxes", "none", "live or exact");
    }

    void refusesWithKeyValueAndWhatIsPossible()
    {
        QFETCH(const QString, key);
        QFETCH(const QString, value);
        QFETCH(const QString, possible);
        const auto options = parseViewerOptions({{key.toStdString(), value.toStdString()}});
        QVERIFY(!options.has_value());
        QCOMPARE(options.error().code, ErrorCode::InvalidArgument);
        const QString text = QString::fromStdString(describe(options.error()));
        QVERIFY2(text.contains(key) && text.contains(value) && text.contains(possible),
                 qPrintable(text));
    }

    void shapesFollowTheSettingUnlessAskedFor()
    {
        StreamTuning tuning;
        QVERIFY(pictureFor({}, tuning).shapes);
        tuning.shapes = false;
        QVERIFY(!pictureFor({}, tuning).shapes);
        QVERIFY(pictureFor(*parseViewerOptions({{"shapes", "1"}}), tuning).shapes);
        QVERIFY(!parseViewerOptions({{"shapes", "2"}}).has_value());
    }

    void facesAreShownToOwnersInCalibrationOnly()
    {
        const auto shown = [](const char *wish, const char *setting, bool owner, bool calibrating) {
            auto options = parseViewerOptions({{"faces", wish}});
            if (std::string_view(wish).empty())
                options = ViewerOptions();
            options->owner = owner;
            StreamTuning tuning;
            tuning.faces = setting;
            return pictureFor(*options, tuning, calibrating).faces;
        };
        QCOMPARE(shown("visible", "pixelated", true, true), Faces::Visible);
        QCOMPARE(shown("visible", "pixelated", true, false), Faces::Pixelated);
        QCOMPARE(shown("visible", "visible", false, true), Faces::Pixelated);
        QCOMPARE(shown("visible", "hidden", false, true), Faces::Hidden);
        QCOMPARE(shown("", "visible", true, true), Faces::Visible);
        QCOMPARE(shown("", "visible", true, false), Faces::Pixelated);
        QCOMPARE(shown("", "visible", false, true), Faces::Pixelated);
        QCOMPARE(shown("", "pixelated", true, true), Faces::Pixelated);
        QCOMPARE(shown("hidden", "pixelated", false, false), Faces::Hidden);
        QCOMPARE(shown("pixelated", "hidden", false, false), Faces::Hidden);
        QVERIFY(!parseViewerOptions({{"faces", "all"}}).has_value());
    }

    void aLongValueIsCutInTheRefusal()
    {
        const auto options = parseViewerOptions({{"width", std::string(5000, '9')}});
        QVERIFY(!options.has_value());
        QVERIFY(describe(options.error()).size() < 300);
    }
};

QTEST_GUILESS_MAIN(TestViewerOptions)
#include "test_viewer_options.moc"
