#include "console/calibrate/aim_view.h"
#include "console/calibrate/camera_panel.h"
#include "console/calibrate/face_sizes.h"
#include "console/calibrate/focus_meter.h"
#include "console/tune/parameter_row.h"
#include "tests/support/agent_process.h"
#include "tests/support/console_stage.h"

#include <QImage>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace facetrack;
using namespace facetrack::console;

namespace {

constexpr int Patience = 30'000; // ms, for a busy machine

/// Sharp stripes in the left half, nothing in the right one; `width` of the stripes in px.
QImage stripes(int width)
{
    QImage image(640, 480, QImage::Format_Grayscale8);
    image.fill(128);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width() / 2; ++x)
            image.setPixel(x, y, x / width % 2 ? qRgb(220, 220, 220) : qRgb(40, 40, 40));
    return image;
}

QJsonObject part(const QJsonObject &json, const char *name)
{
    return json[QLatin1String(name)].toObject();
}

} // namespace

class TestConsoleCalibrate : public QObject
{
    Q_OBJECT

    QTemporaryDir m_pictures, m_state;
    std::unique_ptr<AgentProcess> m_agent;

private Q_SLOTS:
    void initTestCase()
    {
        // Two pictures in turn, one with twice the edges of the other: focus goes up and down.
        QVERIFY(stripes(8).save(m_pictures.filePath(QStringLiteral("a.png"))));
        QVERIFY(stripes(16).save(m_pictures.filePath(QStringLiteral("b.png"))));
        m_agent = runAgent(QStringLiteral("images:%1?loop=1&fps=4").arg(m_pictures.path()), m_state.path());
        QVERIFY(m_agent->waitReady());
    }

    void theFocusOfThePictureIsShownAndItsPeakHolds()
    {
        ConsoleStage stage;
        const AimView *view = nullptr;
        QVERIFY(open(stage, &view));
        auto *const meter = stage.window().findChild<FocusMeter *>();
        // Not until both pictures were measured, whichever came last.
        QTRY_VERIFY_WITH_TIMEOUT(meter->whole().now > 0 && meter->whole().now < 0.8 * meter->whole().peak, Patience);
        double most = 0;
        for (const FocusFigure::Sample &sample : meter->whole().history)
            most = std::max(most, sample.value);
        QCOMPARE(meter->whole().peak, most);
        const auto *const words = label(stage, "focusWhole");
        QVERIFY2(words->text().contains(QStringLiteral("of the peak")), qPrintable(words->text()));
        QTest::mouseClick(stage.window().findChild<QPushButton *>(QStringLiteral("focusPeaks")), Qt::LeftButton);
        QCOMPARE(meter->whole().peak, meter->whole().now);
    }

    void aDraggedRegionIsWhatTheAgentIsAskedAbout()
    {
        ConsoleStage stage;
        AimView *view = nullptr;
        QVERIFY(open(stage, &view));
        auto *const meter = stage.window().findChild<FocusMeter *>();
        QVERIFY(!meter->hasRegion());
        drag(view, {0.1, 0.2}, {0.4, 0.8});
        QVERIFY(meter->hasRegion());
        QTRY_VERIFY_WITH_TIMEOUT(meter->region().now > 1, Patience);
        QVERIFY(label(stage, "focusRegion")->text().contains(QStringLiteral("of the peak")));
        // The right half has nothing in it.
        drag(view, {0.6, 0.2}, {0.9, 0.8});
        QTRY_VERIFY_WITH_TIMEOUT(meter->region().isKnown(), Patience);
        QCOMPARE(meter->region().peak, 0.0);
        // Shift and the arrow keys bring it to the left again.
        view->setFocus();
        for (int i = 0; i < 25; ++i)
            QTest::keyClick(view, Qt::Key_Left, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(meter->region().now > 1, Patience);
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(!meter->hasRegion());
    }

    void aPageThatIsNotSeenMeasuresNothing()
    {
        ConsoleStage stage;
        AimView *view = nullptr;
        QVERIFY(open(stage, &view));
        auto *const meter = stage.window().findChild<FocusMeter *>();
        QTRY_VERIFY_WITH_TIMEOUT(meter->whole().isKnown(), Patience);
        QVERIFY(stage.window().showPage(QStringLiteral("wall")));
        QSignalSpy measured(meter, &FocusMeter::changed);
        QTest::qWait(700); // three questions long; the one on its way may still be answered
        QVERIFY2(measured.count() <= 1, qPrintable(QString::number(measured.count())));
    }

    void facesAreShownWhileCalibrationIsOpenAndLeavingThePageEndsIt()
    {
        ConsoleStage stage;
        AimView *view = nullptr;
        QVERIFY(open(stage, &view));
        auto *const button = stage.window().findChild<QPushButton *>(QStringLiteral("showFaces"));
        QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), Patience);
        const auto isOpen = [](const QJsonObject &status) {
            return part(status, "calibration")[QLatin1String("open")].toBool();
        };
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(m_agent->waitStatus(isOpen));
        QTRY_VERIFY_WITH_TIMEOUT(label(stage, "facesLeft")->text().contains(QStringLiteral("14:")), Patience);
        QVERIFY(stage.window().showPage(QStringLiteral("wall")));
        QVERIFY(m_agent->waitStatus([&](const QJsonObject &status) { return !isOpen(status); }));
    }

    void whatTheSchemaHasOfTheCameraIsThereOrItIsSaidThatThereIsNone()
    {
        ConsoleStage stage;
        AimView *view = nullptr;
        QVERIFY(open(stage, &view));
        const AgentSession *const session = view->session();
        QTRY_VERIFY_WITH_TIMEOUT(!session->schema().empty(), Patience);
        const auto rows = static_cast<qsizetype>(
            std::count_if(session->schema().begin(), session->schema().end(), [](const Parameter &parameter) {
                return parameter.group == "camera" && parameter.applies == Applies::NextFrame;
            }));
        QCOMPARE(stage.window().findChild<CameraPanel *>()->findChildren<ParameterRow *>().size(), rows);
        QCOMPARE(label(stage, "noCamera")->isVisible(), rows == 0);
    }

    void gridAndHorizonAreDrawnAndKept()
    {
        ConsoleStage stage;
        AimView *view = nullptr;
        QVERIFY(open(stage, &view));
        view->setBoxesShown(false);
        const QPoint third = view->toWidget({2.0 / 3, 0.9}).toPoint(), level = view->toWidget({0.9, 0.5}).toPoint();
        const auto pixels = [&] {
            const QImage shown = view->grab().toImage();
            return std::pair(shown.pixel(third), shown.pixel(level));
        };
        const auto plain = pixels();
        stage.window().findChild<QAction *>(QStringLiteral("calibrate/grid"))->trigger();
        stage.window().findChild<QAction *>(QStringLiteral("calibrate/horizon"))->trigger();
        const auto drawn = pixels();
        QVERIFY(plain.first != drawn.first);
        QVERIFY(plain.second != drawn.second);
        QVERIFY(stage.settings.value(QStringLiteral("calibrate/grid")).toBool());
    }

    void faceSizesAreToldAgainstWhatTheDetectorNeeds()
    {
        AgentReport report;
        report.width = 1000;
        report.height = 500;
        report.all = {{"faces", {{"boxes", {{{"w", 0.041}, {"h", 0.06}}, {{"w", 0.036}, {"h", 0.07}},
                                            {{"w", 0.05}, {"h", 0.08}}}}}}};
        QCOMPARE(faceSides(report).size(), 3U);
        const nlohmann::json haar = {{"detect", {{"detector", "haar"}, {"min_size", "32x32"},
                                                 {"cascade", "haarcascade_frontalface_default.xml"}}}};
        QCOMPARE(leastFace(haar).px, 32.0);
        QCOMPARE(faceSizeWords(faceSides(report), leastFace(haar)),
                 QStringLiteral("Faces are 41 px wide, the smallest 36; the detector's minimum is 32."));
        QVERIFY(faceSizeHint(faceSides(report), leastFace(haar), 1000).contains(QStringLiteral("Smallest face lower")));
        QVERIFY(faceSizeHint({41}, leastFace(haar), 1000).contains(QStringLiteral("fits")));
        QVERIFY(faceSizeHint({150}, leastFace(haar), 1000).contains(QStringLiteral("100 px")));
        // Without a limit of its own, the detector has one.
        const nlohmann::json yunet = {{"detect", {{"detector", "yunet"}, {"min_size", "0x0"},
                                                  {"yunet", {{"scale", 0.5}}}}}};
        QCOMPARE(leastFace(yunet).px, 22.0);
        QVERIFY(faceSizeHint({24}, leastFace(yunet), 1000).contains(QStringLiteral("larger picture")));
    }

private:
    static QLabel *label(ConsoleStage &stage, const char *name)
    {
        return stage.window().findChild<QLabel *>(QString::fromLatin1(name));
    }

    static void drag(AimView *view, QPointF from, QPointF to)
    {
        QTest::mousePress(view, Qt::LeftButton, {}, view->toWidget(from).toPoint());
        QTest::mouseMove(view, view->toWidget((from + to) / 2).toPoint());
        QTest::mouseMove(view, view->toWidget(to).toPoint());
        QTest::mouseRelease(view, Qt::LeftButton, {}, view->toWidget(to).toPoint());
    }

    /// The page with the agent's picture on it.
    template<typename View>
    bool open(ConsoleStage &stage, View **view)
    {
        stage.window().resize(1280, 800);
        stage.window().showPage(QStringLiteral("calibrate"));
        AgentSession *const session = stage.connectTo(m_agent->url());
        stage.current.set(session);
        *view = stage.window().findChild<AimView *>();
        return *view && QTest::qWaitFor([&] { return session->hasReport() && !(*view)->pictureRect().isEmpty(); }, Patience);
    }
};

QTEST_MAIN(TestConsoleCalibrate)
#include "test_console_calibrate.moc"
