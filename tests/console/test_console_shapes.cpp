#include "console/calibrate/aim_view.h"
#include "console/calibrate/shape_tool.h"
#include "tests/support/console_stage.h"
#include "tests/support/http_send.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTest>
#include <cmath>

using namespace facetrack;
using namespace facetrack::console;

namespace {

constexpr int Patience = 30'000; // ms, for a busy machine
const QString Zones = QStringLiteral("track.zones"), Lines = QStringLiteral("track.lines"),
              Masks = QStringLiteral("detect.masks");

bool isNear(const QJsonValue &point, double x, double y)
{
    const QJsonArray at = point.toArray();
    return std::fabs(at[0].toDouble() - x) < 0.004 && std::fabs(at[1].toDouble() - y) < 0.004; // a pixel or two
}

} // namespace

class TestConsoleShapes : public QObject
{
    Q_OBJECT

    QTemporaryDir m_state;
    std::unique_ptr<AgentProcess> m_agent;
    std::unique_ptr<ConsoleStage> m_stage;
    AimView *m_view = nullptr;

private Q_SLOTS:
    void initTestCase()
    {
        m_agent = runAgent(QStringLiteral("synthetic:booth?seed=1&people=2&size=640x480&fps=10"), m_state.path());
        QVERIFY(m_agent->waitReady());
    }

    void init()
    {
        for (const QString &key : {Zones, Lines, Masks})
            asSomebodyElse(key, "[]");
        m_stage = std::make_unique<ConsoleStage>();
        m_stage->window().resize(1280, 800);
        m_stage->window().showPage(QStringLiteral("calibrate"));
        AgentSession *const session = m_stage->connectTo(m_agent->url());
        m_stage->current.set(session);
        m_view = m_stage->window().findChild<AimView *>();
        QVERIFY(m_view);
        QTRY_VERIFY_WITH_TIMEOUT(button("new track.zones")->isEnabled() && !m_view->pictureRect().isEmpty(), Patience);
    }

    void cleanup() { m_stage.reset(); }

    void aZoneDrawnByClicksArrivesInTheAgentsTuning()
    {
        QTest::mouseClick(button("new track.zones"), Qt::LeftButton);
        for (const QPointF at : {QPointF(0.1, 0.2), QPointF(0.5, 0.2), QPointF(0.5, 0.7), QPointF(0.1, 0.7)})
            click(at);
        QTest::mouseDClick(m_view, Qt::LeftButton, {}, m_view->toWidget({0.1, 0.7}).toPoint());
        QTRY_COMPARE_WITH_TIMEOUT(shapes(Zones).size(), 1, Patience);
        const QJsonArray points = pointsOf(Zones);
        QCOMPARE(points.size(), 4);
        QVERIFY(isNear(points[0], 0.1, 0.2) && isNear(points[2], 0.5, 0.7) && isNear(points[3], 0.1, 0.7));
        QTRY_COMPARE_WITH_TIMEOUT(listed(), QStringList{QStringLiteral("zone: zone 1")}, Patience);
        // A name in the list at the side is one in the agent.
        field("shapeName")->selectAll();
        QTest::keyClicks(field("shapeName"), QStringLiteral("desk"));
        QTest::keyClick(field("shapeName"), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(shapes(Zones)[0].toObject()[u"name"].toString(), QStringLiteral("desk"), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(listed(), QStringList{QStringLiteral("zone: desk")}, Patience);
    }

    void aLineHasTwoPointsAndTwoNamedWays()
    {
        QTest::mouseClick(button("new track.lines"), Qt::LeftButton);
        click({0.5, 0.9});
        click({0.5, 0.1});
        QTRY_COMPARE_WITH_TIMEOUT(shapes(Lines).size(), 1, Patience);
        QVERIFY(isNear(pointsOf(Lines)[0], 0.5, 0.9) && isNear(pointsOf(Lines)[1], 0.5, 0.1));
        QVERIFY(field("shapeWay1")->isVisible());
        field("shapeWay2")->setFocus();
        field("shapeWay2")->selectAll();
        QTest::keyClicks(field("shapeWay2"), QStringLiteral("leaving"));
        QTest::keyClick(field("shapeWay2"), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(shapes(Lines)[0].toObject()[u"ways"].toArray(), (QJsonArray{QStringLiteral("in"), QStringLiteral("leaving")}), Patience);
    }

    void aMaskIsDrawnWithTheKeyboardAlone()
    {
        QTest::mouseClick(button("new detect.masks"), Qt::LeftButton);
        QVERIFY(m_view->hasFocus());
        press(Qt::Key_Space);
        press(Qt::Key_Right, 10);
        press(Qt::Key_Space);
        press(Qt::Key_Down, 10);
        press(Qt::Key_Space);
        press(Qt::Key_Left, 5);
        press(Qt::Key_Space);
        QTest::keyClick(m_view, Qt::Key_Backspace); // one too many
        QTest::keyClick(m_view, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(shapes(Masks).size(), 1, Patience);
        const QJsonArray points = pointsOf(Masks);
        QCOMPARE(points.size(), 3);
        QVERIFY(isNear(points[0], 0.5, 0.5) && isNear(points[1], 0.7, 0.5) && isNear(points[2], 0.7, 0.7));
        QTest::mouseClick(button("new detect.masks"), Qt::LeftButton);
        press(Qt::Key_Space);
        QTest::keyClick(m_view, Qt::Key_Escape);
        QVERIFY(!button("new detect.masks")->isChecked());
        QCOMPARE(listed().size(), 1);
    }

    void pointsAreDraggedInsertedMovedByKeysAndRemoved()
    {
        asSomebodyElse(Zones, R"([{"name": "desk", "points": [[0.2, 0.2], [0.6, 0.2], [0.6, 0.6]]}])");
        QTRY_COMPARE_WITH_TIMEOUT(listed(), QStringList{QStringLiteral("zone: desk")}, Patience);
        drag({0.6, 0.6}, {0.8, 0.7});
        QTRY_VERIFY_WITH_TIMEOUT(isNear(pointsOf(Zones)[2], 0.8, 0.7), Patience);
        QVERIFY(isNear(pointsOf(Zones)[0], 0.2, 0.2));
        // The dragged point is the chosen one: Shift and the arrow move it farther than the arrow.
        press(Qt::Key_Left, 5);
        QTRY_VERIFY_WITH_TIMEOUT(isNear(pointsOf(Zones)[2], 0.7, 0.7), Patience);
        QTest::keyClick(m_view, Qt::Key_Up);
        QTRY_VERIFY_WITH_TIMEOUT(std::fabs(pointsOf(Zones)[2].toArray()[1].toDouble() - 0.698) < 0.003, Patience);
        // A double click on an edge.
        click({0.4, 0.2});
        QTest::mouseDClick(m_view, Qt::LeftButton, {}, m_view->toWidget({0.4, 0.2}).toPoint());
        QTRY_COMPARE_WITH_TIMEOUT(pointsOf(Zones).size(), 4, Patience);
        QVERIFY(isNear(pointsOf(Zones)[1], 0.4, 0.2));
        QTest::keyClick(m_view, Qt::Key_Delete);
        QTRY_COMPARE_WITH_TIMEOUT(pointsOf(Zones).size(), 3, Patience);
        // Three are the least; the shape itself goes when all of it is chosen.
        press(Qt::Key_PageDown);
        QTest::keyClick(m_view, Qt::Key_Delete);
        QVERIFY2(trouble().contains(QStringLiteral("needs 3 points")), qPrintable(trouble()));
        QTest::mouseClick(button("shapeRemove"), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(shapes(Zones).size(), 0, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(listed().size(), 0, Patience);
    }

    void escapeInADragPutsThePointBack()
    {
        asSomebodyElse(Masks, R"([{"points": [[0.2, 0.2], [0.6, 0.2], [0.6, 0.6]]}])");
        QTRY_COMPARE_WITH_TIMEOUT(listed().size(), 1, Patience);
        const QJsonArray before = pointsOf(Masks);
        QTest::mousePress(m_view, Qt::LeftButton, {}, m_view->toWidget({0.6, 0.6}).toPoint());
        QTest::mouseMove(m_view, m_view->toWidget({0.7, 0.7}).toPoint());
        QTest::mouseMove(m_view, m_view->toWidget({0.8, 0.8}).toPoint());
        QTest::keyClick(m_view, Qt::Key_Escape);
        QTest::mouseRelease(m_view, Qt::LeftButton, {}, m_view->toWidget({0.8, 0.8}).toPoint());
        // A change that was on its way nevertheless would come before this one.
        field("shapeName")->setFocus();
        QTest::keyClicks(field("shapeName"), QStringLiteral("poster"));
        QTest::keyClick(field("shapeName"), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(shapes(Masks)[0].toObject()[u"name"].toString(), QStringLiteral("poster"), Patience);
        QCOMPARE(pointsOf(Masks), before);
    }

    void undoTakesBackAndOthersChangesAppear()
    {
        asSomebodyElse(Zones, R"([{"name": "shelf", "points": [[0.1, 0.1], [0.3, 0.1], [0.3, 0.3]]}])");
        QTRY_COMPARE_WITH_TIMEOUT(listed(), QStringList{QStringLiteral("zone: shelf")}, Patience);
        click({0.1, 0.1});
        press(Qt::Key_Right, 3);
        QTRY_VERIFY_WITH_TIMEOUT(isNear(pointsOf(Zones)[0], 0.16, 0.1), Patience);
        QTest::keyClick(m_view, Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(isNear(pointsOf(Zones)[0], 0.1, 0.1), Patience);
    }

    void whatIsRefusedSaysWhyAndSnapsBack()
    {
        asSomebodyElse(Zones, R"([{"name": "a", "points": [[0.1, 0.1], [0.3, 0.1], [0.3, 0.3]]},
                                  {"name": "b", "points": [[0.6, 0.1], [0.9, 0.1], [0.9, 0.3]]}])");
        QTRY_COMPARE_WITH_TIMEOUT(listed().size(), 2, Patience);
        list()->setCurrentRow(1);
        QCOMPARE(field("shapeName")->text(), QStringLiteral("b"));
        field("shapeName")->selectAll();
        QTest::keyClicks(field("shapeName"), QStringLiteral("a"));
        QTest::keyClick(field("shapeName"), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(trouble().contains(QStringLiteral("'a' comes twice")), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(listed(), (QStringList{QStringLiteral("zone: a"), QStringLiteral("zone: b")}), Patience);
        QCOMPARE(field("shapeName")->text(), QStringLiteral("b"));
        QCOMPARE(shapes(Zones)[1].toObject()[u"name"].toString(), QStringLiteral("b"));

        QJsonArray many;
        for (int i = 0; i < 16; ++i)
            many << QJsonObject{{QStringLiteral("points"), QJsonArray{QJsonArray{0.0, 0.0}, QJsonArray{0.05, 0.0}, QJsonArray{0.05, 0.01 * (i + 1)}}}};
        asSomebodyElse(Masks, QJsonDocument(many).toJson());
        QTRY_COMPARE_WITH_TIMEOUT(listed().size(), 18, Patience);
        QTest::mouseClick(button("new detect.masks"), Qt::LeftButton);
        for (const QPointF at : {QPointF(0.4, 0.5), QPointF(0.5, 0.5), QPointF(0.5, 0.7)})
            click(at);
        QTest::keyClick(m_view, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(trouble().contains(QStringLiteral("more than 16")), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(listed().size(), 18, Patience);
        QCOMPARE(shapes(Masks).size(), 16);
    }

private:
    void asSomebodyElse(const QString &key, const QByteArray &list)
    {
        httpSend("PATCH", m_agent->url(QStringLiteral("api/v1/tuning")), "{\"" + key.toUtf8() + "\": " + list + "}",
                 {{"X-Client", "somebody else"}});
    }

    QJsonArray shapes(const QString &key) const
    {
        const QStringList path = key.split(QLatin1Char('.'));
        return m_agent->get(QStringLiteral("api/v1/tuning")).json()[u"values"].toObject()[path[0]].toObject()[path[1]].toArray();
    }

    QJsonArray pointsOf(const QString &key) const
    {
        return shapes(key)[0].toObject()[u"points"].toArray();
    }

    template<typename Widget>
    Widget *find(const char *name) const
    {
        return m_stage->window().findChild<Widget *>(QString::fromLatin1(name));
    }
    QPushButton *button(const char *name) const { return find<QPushButton>(name); }
    QLineEdit *field(const char *name) const { return find<QLineEdit>(name); }
    QListWidget *list() const { return find<QListWidget>("shapeList"); }
    QString trouble() const { return find<QLabel>("shapeTrouble")->text(); }

    QStringList listed() const
    {
        QStringList lines;
        for (int row = 0; row < list()->count(); ++row)
            lines << list()->item(row)->text();
        return lines;
    }

    void click(QPointF at) { QTest::mouseClick(m_view, Qt::LeftButton, {}, m_view->toWidget(at).toPoint()); }

    void drag(QPointF from, QPointF to)
    {
        QTest::mousePress(m_view, Qt::LeftButton, {}, m_view->toWidget(from).toPoint());
        QTest::mouseMove(m_view, m_view->toWidget((from + to) / 2).toPoint());
        QTest::mouseMove(m_view, m_view->toWidget(to).toPoint());
        QTest::mouseRelease(m_view, Qt::LeftButton, {}, m_view->toWidget(to).toPoint());
    }

    /// Arrow keys with Shift: a fiftieth of the picture each.
    void press(Qt::Key key, int times = 1)
    {
        const bool arrow = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
        for (int i = 0; i < times; ++i)
            QTest::keyClick(m_view, key, arrow ? Qt::ShiftModifier : Qt::NoModifier);
    }
};

QTEST_MAIN(TestConsoleShapes)
#include "test_console_shapes.moc"
