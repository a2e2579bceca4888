// What the control API is made of, each on its own.
#include "libfacetrack/agent/name_plate.h"
#include "libfacetrack/agent/presets.h"
#include "libfacetrack/agent/signal_light.h"
#include "libfacetrack/agent/tuning_history.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace facetrack;

namespace {

std::filesystem::path path(const QString &name)
{
    return name.toStdString();
}

QByteArray contents(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestControlParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNameIsKeptAndChecked()
    {
        QTemporaryDir folder;
        const auto file = path(folder.filePath(QStringLiteral("agent.json")));
        AgentInfo info;
        info.id = info.name = "pi-1";
        info.role = "counter";
        NamePlate plate(info, file);
        const auto wrong = plate.changed({{"id", "x"}, {"role", 7}});
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().size(), std::size_t(2));
        QVERIFY(!plate.changed(nlohmann::json::array()));
        QVERIFY(!plate.changed({{"name", std::string(100, 'x')}}));
        const auto changed = plate.changed({{"name", "am Tresen"}, {"location", "links"}});
        QVERIFY(changed.has_value());
        QVERIFY(plate.set(*changed).has_value());
        const AgentInfo kept = NamePlate(info, file).info();
        QCOMPARE(kept.name, std::string("am Tresen"));
        QCOMPARE(kept.location, std::string("links"));
        QCOMPARE(kept.role, std::string("counter"));
        QCOMPARE(plate.changed({{"name", ""}})->name, std::string("pi-1"));
    }

    void presetsSurviveAndADamagedFileIsPutAside()
    {
        QTemporaryDir folder;
        const QString name = folder.filePath(QStringLiteral("presets.json"));
        {
            Presets presets(path(name));
            QVERIFY(presets.put("a", {{{"detect", {{"min_neighbors", 5}}}}, UtcTime(7)}).value());
            QVERIFY(!presets.put("a", {{{"detect", {{"min_neighbors", 6}}}}, UtcTime(8)}).value());
            for (std::size_t i = 1; i < Presets::most; ++i)
                QVERIFY(presets.put("p" + std::to_string(i), {{}, UtcTime(0)}).has_value());
            QVERIFY(presets.put("one more", {}).error().code == ErrorCode::Full);
        }
        {
            Presets presets(path(name));
            QCOMPARE(presets.all().size(), Presets::most);
            QCOMPARE(presets.find("a")->values["detect"]["min_neighbors"].get<int>(), 6);
            QVERIFY(presets.remove("a").has_value());
            QVERIFY(presets.remove("a").error().code == ErrorCode::NotFound);
        }
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{\"a\": [") > 0);
        file.close();
        QVERIFY(Presets(path(name)).all().empty());
        QCOMPARE(contents(name + QStringLiteral(".damaged")), QByteArray("{\"a\": ["));
    }

    void aDragIsOneStepAndThereAndBackIsNone()
    {
        using namespace std::chrono_literals;
        const auto change = [](const char *before, const char *after, const char *key = "a.b") {
            return TuningRevision{UtcTime(0), 2, "me", "patch", {{key, before, after}}};
        };
        TuningHistory history("run");
        history.add(change("1", "2"), 0s);
        history.add(change("2", "3"), 1s);
        QCOMPARE(history.steps().size(), std::size_t(1));
        QCOMPARE(history.undoable()->change.values[0].before, std::string("1"));
        history.add(change("3", "1"), 2s);
        QVERIFY(history.steps().empty());
        history.add(change("1", "2"), 3s);
        history.add(change("2", "3"), 6s);          // after a pause
        history.add(change("1", "2", "c.d"), 6s);   // something else
        QCOMPARE(history.steps().size(), std::size_t(3));
        TuningRevision back = change("2", "1", "c.d");
        back.cause = "undo";
        history.addUndo(back);
        QCOMPARE(history.undoable()->change.values[0].before, std::string("2"));
        TuningHistory again("run2");
        again.load(nlohmann::json::parse(history.json().dump()));
        QVERIFY(again.json() == history.json());
        again.load({{{"time", 7}}, 8}); // another version's: left out
        QCOMPARE(again.steps().size(), std::size_t(4));
        for (std::size_t i = 0; i < 2 * TuningHistory::most; ++i)
            again.add(change("1", "2"), i * 10s);
        QCOMPARE(again.steps().size(), TuningHistory::most);
    }

    void presetNames()
    {
        QVERIFY(isPresetName("evening light"));
        QVERIFY(isPresetName("Düsseldorf"));
        for (const std::string &name : {std::string(), std::string(" a"), std::string("a "),
                                        std::string("a\nb"), std::string("a\xff"),
                                        std::string(65, 'x'), std::string("a\0b", 3)})
            QVERIFY2(!isPresetName(name), name.c_str());
    }

    void aLightBlinksAndIsGivenBack()
    {
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("led0")));
        const QString trigger = folder.filePath(QStringLiteral("led0/trigger"));
        QFile file(trigger);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("none timer [mmc0] cpu\n") > 0);
        file.close();
        SignalLight light(path(folder.path()));
        using namespace std::chrono_literals;
        QCOMPARE(light.blink(300ms), std::string("led0"));
        QCOMPARE(contents(trigger), QByteArray("timer"));
        QCOMPARE(light.blink(300ms), std::string("led0")); // again: only longer
        QTRY_COMPARE(contents(trigger), QByteArray("mmc0"));
        QTemporaryDir empty;
        QCOMPARE(SignalLight(path(empty.path())).blink(1s), std::string());
    }
};

QTEST_GUILESS_MAIN(TestControlParts)
#include "test_control_parts.moc"
