#include "console/tune/copy_dialog.h"
#include "console/tune/setting_text.h"
#include "console/tune/trial_dialog.h"
#include "console/tune/tune_panel.h"
#include "tests/support/agent_process.h"
#include "tests/support/console_stage.h"

#include <QSlider>
#include <QSpinBox>
#include <QTest>

using namespace facetrack;
using namespace facetrack::console;

namespace {

const QString Booth = QStringLiteral("synthetic:booth?seed=1&people=4&size=640x480");
const QString Neighbours = QStringLiteral("detect.min_neighbors");
constexpr int Patience = 60'000; // ms, for a busy machine

int neighboursOf(const AgentSession *session)
{
    const auto value = valueOf(session->tuning().values, Neighbours.toStdString());
    return value.is_number() ? value.get<int>() : -1;
}

} // namespace

class TestConsoleTune : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_state = std::make_unique<QTemporaryDir>();
        m_agent = runAgent(Booth, m_state->path(), {QStringLiteral("--set"), QStringLiteral("agent.id=one")});
        QVERIFY(m_agent->waitReady());
        m_stage = std::make_unique<ConsoleStage>();
        m_stage->window().resize(1280, 900);
        m_session = m_stage->connectTo(m_agent->url());
        QTRY_VERIFY_WITH_TIMEOUT(row(Neighbours) != nullptr, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(neighboursOf(m_session) == 3, Patience);
    }
    void cleanup()
    {
        m_stage.reset();
        m_agent.reset();
    }

    void aSliderThatIsMovedChangesTheAgentAndSaysWhenItIsInEffect()
    {
        auto *const slider = row(Neighbours)->findChild<QSlider *>();
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Right);
        QTest::keyClick(slider, Qt::Key_Right);
        QCOMPARE(row(Neighbours)->state(), ValueState::Asked);
        QTRY_COMPARE_WITH_TIMEOUT(neighboursOf(m_session), 5, Patience);
        QTRY_COMPARE_WITH_TIMEOUT(row(Neighbours)->state(), ValueState::InEffect, Patience);
        const QJsonObject tuning = m_agent->get(QStringLiteral("api/v1/tuning")).json();
        const QJsonObject detect = tuning[QStringLiteral("values")].toObject()[QStringLiteral("detect")].toObject();
        QCOMPARE(detect[QStringLiteral("min_neighbors")].toInt(), 5);
        QVERIFY(tuning[QStringLiteral("in_effect")].toInt() >= tuning[QStringLiteral("revision")].toInt());
        QVERIFY(row(Neighbours)->isChanged());

        QTest::mouseClick(row(Neighbours)->findChild<QToolButton *>(QStringLiteral("reset")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(neighboursOf(m_session), 3, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(!row(Neighbours)->isChanged(), Patience);
    }

    void stricterTuningFindsFewerFaces()
    {
        const auto faces = [this] { return m_session->report().facesNow; };
        QTRY_VERIFY_WITH_TIMEOUT(faces() > 0, Patience);
        row(QStringLiteral("detect.min_size"))->findChild<QSpinBox *>()->setValue(400);
        QTRY_COMPARE_WITH_TIMEOUT(faces(), 0, Patience);
    }

    void whatIsRefusedSnapsBackAndSaysWhy()
    {
        panel()->desk()->set(Neighbours.toStdString(), 99); // as an older schema might let through
        QTRY_VERIFY_WITH_TIMEOUT(row(Neighbours)->refusal().contains(QStringLiteral("20")), Patience);
        QCOMPARE(row(Neighbours)->findChild<QDoubleSpinBox *>()->value(), 3.0);
        QCOMPARE(row(Neighbours)->state(), ValueState::InEffect);
        QCOMPARE(neighboursOf(m_session), 3);
    }

    void aRuleBetweenTwoSettingsIsToldWhereTheChangeWasMade()
    {
        const QString least = QStringLiteral("detect.min_size");
        panel()->desk()->set("detect.max_size", "100x100");
        const auto largest = [this] { return valueOf(m_session->tuning().values, "detect.max_size"); };
        QTRY_COMPARE_WITH_TIMEOUT(QString::fromStdString(largest().dump()), QStringLiteral("\"100x100\""), Patience);
        row(least)->findChild<QSpinBox *>()->setValue(200);
        QTRY_VERIFY_WITH_TIMEOUT(row(least)->refusal().contains(QStringLiteral("detect.max_size")), Patience);
        QCOMPARE(row(least)->findChild<QSpinBox *>()->value(), 30); // snapped back
    }

    void eachRedoIsAStepOfItsOwn()
    {
        panel()->desk()->set(Neighbours.toStdString(), 7);
        QTRY_COMPARE_WITH_TIMEOUT(neighboursOf(m_session), 7, Patience);
        QTest::qWait(2'200); // else the agent takes both for one drag
        panel()->desk()->set(Neighbours.toStdString(), 9);
        QTRY_COMPARE_WITH_TIMEOUT(neighboursOf(m_session), 9, Patience);
        const auto goes = [this](const char *by, int to) {
            QTRY_VERIFY_WITH_TIMEOUT(action(by)->isEnabled(), Patience);
            action(by)->trigger();
            QTRY_COMPARE_WITH_TIMEOUT(neighboursOf(m_session), to, Patience);
        };
        goes("undo", 7);
        goes("undo", 3);
        goes("redo", 7);
        goes("redo", 9);
        goes("undo", 7);
        goes("undo", 3);
    }

    void undoAndRedoGoThroughTheAgent()
    {
        panel()->desk()->set(Neighbours.toStdString(), 7);
        QTRY_COMPARE_WITH_TIMEOUT(neighboursOf(m_session), 7, Patience);
        action("undo")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(neighboursOf(m_session), 3, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(action("redo")->isEnabled(), Patience);
        action("redo")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(neighboursOf(m_session), 7, Patience);
        QVERIFY(!action("redo")->isEnabled());
    }

    void anothersChangeShowsAtOnce()
    {
        ConsoleStage other;
        AgentSession *const there = other.connectTo(m_agent->url());
        QTRY_VERIFY_WITH_TIMEOUT(there->isOnline(), Patience);
        there->patchTuning({{Neighbours.toStdString(), 9}});
        QTRY_COMPARE_WITH_TIMEOUT(row(Neighbours)->findChild<QDoubleSpinBox *>()->value(), 9.0, Patience);
        QCOMPARE(row(Neighbours)->findChild<QSlider *>()->value(), 9);
    }

    void whatDoesNotApplyIsNotShownAndTheFilterFinds()
    {
        QVERIFY(row(QStringLiteral("detect.yunet.score"))->isHidden());
        QVERIFY(!row(Neighbours)->isHidden());
        auto *const filter = panel()->findChild<QLineEdit *>();
        QTest::keyClicks(filter, QStringLiteral("neigh"));
        QVERIFY(!row(Neighbours)->isHidden());
        QVERIFY(row(QStringLiteral("stream.quality"))->isHidden());
    }

    void aPresetIsKeptAndApplied()
    {
        panel()->desk()->set(Neighbours.toStdString(), 8);
        QTRY_COMPARE_WITH_TIMEOUT(neighboursOf(m_session), 8, Patience);
        panel()->findChild<PresetBar *>()->save(QStringLiteral("evening"));
        auto *const presets = panel()->findChild<QComboBox *>(QStringLiteral("presets"));
        QTRY_COMPARE_WITH_TIMEOUT(presets->currentText(), QStringLiteral("evening"), Patience);
        panel()->desk()->set(Neighbours.toStdString(), 2);
        QTRY_COMPARE_WITH_TIMEOUT(neighboursOf(m_session), 2, Patience);
        presets->setFocus();
        Q_EMIT presets->activated(presets->currentIndex());
        QTRY_COMPARE_WITH_TIMEOUT(neighboursOf(m_session), 8, Patience);
    }

    void theTuningIsCopiedToAnotherAgentWithASummary()
    {
        QTemporaryDir state;
        const auto second = runAgent(Booth, state.path(), {QStringLiteral("--set"), QStringLiteral("agent.id=two")});
        QVERIFY(second->waitReady());
        AgentSession *const to = m_stage->connectTo(second->url());
        QTRY_VERIFY_WITH_TIMEOUT(to->isOnline() && !to->schema().empty(), Patience);
        panel()->desk()->set(Neighbours.toStdString(), 8);
        QTRY_COMPARE_WITH_TIMEOUT(neighboursOf(m_session), 8, Patience);
        action("copyTuning")->trigger();
        auto *const dialog = panel()->findChild<CopyDialog *>();
        QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("copyNow")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(neighboursOf(to), 8, Patience);
        const auto *const list = dialog->findChild<QTreeWidget *>(QStringLiteral("copyTargets"));
        QTRY_VERIFY_WITH_TIMEOUT(list->topLevelItem(0)->text(1).startsWith(QStringLiteral("1 copied")), Patience);
    }

    void setsAreTriedOnAFrozenClipAndTheBetterOneApplied()
    {
        QVERIFY(m_agent->waitStatus([](const QJsonObject &status) {
            return status[QStringLiteral("source")].toObject()[QStringLiteral("frames")].toInt() > 60;
        }));
        action("compare")->trigger();
        auto *const dialog = panel()->findChild<TrialDialog *>();
        auto *const run = dialog->findChild<QPushButton *>(QStringLiteral("runTrial"));
        QTRY_VERIFY_WITH_TIMEOUT(run->isEnabled(), Patience);
        auto *const sets = dialog->findChild<QTreeWidget *>(QStringLiteral("trialSets"));
        sets->topLevelItem(1)->setText(1, QStringLiteral("detect.min_neighbors=99"));
        QTest::mouseClick(run, Qt::LeftButton);
        const auto *const words = dialog->findChild<QLabel *>(QStringLiteral("trialWords"));
        QVERIFY2(words->text().contains(QStringLiteral("20")), qPrintable(words->text()));
        sets->topLevelItem(1)->setText(1, QStringLiteral("detect.min_neighbors=10, detect.min_size=60x60"));
        QTest::mouseClick(run, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!sets->topLevelItem(1)->text(2).isEmpty(), Patience);
        QVERIFY(sets->topLevelItem(0)->text(2).toDouble() >= sets->topLevelItem(1)->text(2).toDouble());
        QCOMPARE(sets->topLevelItem(0)->text(5).toDouble(), 1.0); // it agrees with itself
        sets->setCurrentItem(sets->topLevelItem(1));
        QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("applySet")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(neighboursOf(m_session), 10, Patience);
        dialog->reject();
        QTRY_COMPARE_WITH_TIMEOUT(m_agent->get(QStringLiteral("api/v1/clip")).json()[QStringLiteral("clip")].isNull(), true, Patience);
    }

    void settingsAreReadAsTyped()
    {
        const auto values = settingsFrom(QStringLiteral(" detect.min_neighbors = 6, detect.min_size=40x40,"), m_session->schema());
        QVERIFY(values);
        QCOMPARE(values->dump(), std::string(R"({"detect.min_neighbors":6,"detect.min_size":"40x40"})"));
        QVERIFY(!settingsFrom(QStringLiteral("detect.nonsense=1"), m_session->schema()));
        QVERIFY(!settingsFrom(QStringLiteral("detect.min_neighbors"), m_session->schema()));
        QVERIFY(settingsFrom({}, m_session->schema())->empty());
    }

private:
    TunePanel *panel() { return m_stage->window().findChild<TunePanel *>(); }
    ParameterRow *row(const QString &key) { return panel()->findChild<ParameterRow *>(key); }
    QAction *action(const char *name) { return panel()->findChild<QAction *>(QString::fromLatin1(name)); }

    std::unique_ptr<QTemporaryDir> m_state;
    std::unique_ptr<AgentProcess> m_agent;
    std::unique_ptr<ConsoleStage> m_stage;
    AgentSession *m_session = nullptr;
};

QTEST_MAIN(TestConsoleTune)
#include "test_console_tune.moc"
