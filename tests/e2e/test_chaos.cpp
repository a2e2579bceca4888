// Everything is killed, cut off and lied to at random; in the end the database has what the
// Journals have, once. FACETRACK_CHAOS_SEED repeats a play (the order of things in it depends on
// the machine all the same), FACETRACK_CHAOS_SECONDS makes it longer.
#include "libfacetrack/store/journal.h"
#include "tests/e2e/chaos_actors.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <iterator>
#include <map>
#include <random>
#include <set>

using namespace facetrack;
using namespace std::chrono_literals;

namespace {

using nlohmann::json;
using Ids = std::set<std::string>;

int seconds()
{
    return qEnvironmentVariableIsSet("FACETRACK_CHAOS_SECONDS")
               ? qEnvironmentVariableIntValue("FACETRACK_CHAOS_SECONDS") : 15;
}

unsigned seed()
{
    return qEnvironmentVariableIsSet("FACETRACK_CHAOS_SEED")
               ? static_cast<unsigned>(qEnvironmentVariableIntValue("FACETRACK_CHAOS_SEED"))
               : std::random_device{}();
}

QStringList set(std::initializer_list<QString> settings)
{
    QStringList arguments;
    for (const QString &setting : settings)
        arguments << QStringLiteral("--set") << setting;
    return arguments;
}

QStringList hasty(const QString &urls)
{
    return set({QStringLiteral("upload.urls=") + urls,
                QStringLiteral("upload.interval_seconds=0.2"),
                QStringLiteral("upload.longest_pause_seconds=1"),
                QStringLiteral("upload.heartbeat_seconds=1"),
                QStringLiteral("journal.commit_milliseconds=20"),
                QStringLiteral("time.trust=always")});
}

std::string idOf(const Record &record)
{
    return record.agent + "\t" + record.run + "\t" + std::to_string(record.sequence);
}

/// What a Journal holds of observations, and what of them the receiver refused.
struct Kept
{
    Ids rows;
    Ids refused;
    std::uint64_t undelivered = 0;
};

Kept kept(const QString &file)
{
    Kept result;
    JournalOptions options;
    options.file = file.toStdString();
    const auto journal = Journal::open(options);
    if (!journal)
        qFatal("%s", describe(journal.error()).c_str());
    (*journal)->flush(20s);
    result.undelivered = (*journal)->state().undelivered;
    const auto rows = (*journal)->between(RecordType::Observation, UtcTime(0), UtcTime::max(), 0,
                                          10'000'000);
    const auto refused = (*journal)->quarantined(10'000'000);
    if (!rows || !refused)
        qFatal("the journal %s cannot be read", qPrintable(file));
    for (const StoredRecord &row : *rows)
        result.rows.insert(idOf(row.record));
    for (const QuarantinedRecord &row : *refused)
        if (row.stored.record.type == RecordType::Observation)
            result.refused.insert(idOf(row.stored.record));
    return result;
}

/// One wrong after another.
class Mischief
{
public:
    explicit Mischief(unsigned seed) : m_random(seed) {}

    int number(int least, int most) { return std::uniform_int_distribution<>(least, most)(m_random); }
    bool chance(double probability) { return std::bernoulli_distribution(probability)(m_random); }

    /// What the database does wrong for a while.
    json faults()
    {
        json rules = json::array();
        const auto sometimes = [&](json rule, double probability) {
            rule["match"] = "insert";
            rule["seed"] = number(1, 1'000'000);
            rule["probability"] = probability;
            if (chance(0.4))
                rules.push_back(std::move(rule));
        };
        sometimes({{"action", "delay_ms"}, {"delay_ms", number(20, 500)}}, 0.4);
        sometimes({{"action", "reset_before"}}, 0.2);
        sometimes({{"action", "reset_after_apply"}}, 0.2);
        sometimes({{"action", "reset_mid_answer"}}, 0.2);
        sometimes({{"action", "half_apply"}, {"store", chance(0.5)}}, 0.3);
        sometimes({{"action", "half_apply"}, {"then", "reset"}}, 0.2);
        sometimes({{"action", "http_error"}, {"error", chance(0.5) ? "503" : "429"}}, 0.3);
        sometimes({{"action", "row_error"}, {"code", 5002}, {"fraction", 0.2},
                   {"store", chance(0.5)}}, 0.3);
        sometimes(hopelessRows(), 0.3);
        return rules;
    }

    /// Some rows will never be taken.
    json hopelessRows()
    {
        return {{"match", "insert"}, {"contains", "observations"}, {"action", "row_error"},
                {"code", 4000}, {"fraction", 0.01}, {"message", "a row that cannot be"},
                {"seed", number(1, 1'000'000)}};
    }

private:
    std::mt19937 m_random;
};

/// What is on the stage.
struct Play
{
    QTemporaryDir directory;
    std::unique_ptr<chaos::Database> database;
    std::unique_ptr<chaos::Daemon> relay;
    std::vector<std::unique_ptr<chaos::Daemon>> agents;
    std::vector<std::unique_ptr<chaos::Writer>> writers;
    QStringList direct, relayed; ///< where agents upload to

    QString path(const QString &name) const { return directory.filePath(name); }
    QString journal(const QString &name) const
    {
        return path(name + QStringLiteral("/journal.sqlite"));
    }
    std::vector<chaos::Actor *> all() const
    {
        std::vector<chaos::Actor *> actors{database.get(), relay.get()};
        for (const auto &agent : agents)
            actors.push_back(agent.get());
        for (const auto &writer : writers)
            actors.push_back(writer.get());
        return actors;
    }
    const QStringList &destination(const QString &name) const
    {
        return name.endsWith(QStringLiteral("relayed")) ? relayed : direct;
    }
    QStringList agentArguments(const QString &name, const QString &source) const
    {
        const QStringList to = destination(name);
        QStringList arguments{QStringLiteral("run"), QStringLiteral("--source"), source,
                              QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"),
                              QStringLiteral("--state-dir"), path(name),
                              QStringLiteral("--insecure-loopback")};
        arguments += set({QStringLiteral("agent.id=") + name}) + hasty(to.front());
        if (to.size() > 1)
            arguments += set({QStringLiteral("upload.token_file=") + path(name + QStringLiteral(".token"))});
        return arguments;
    }
};

QByteArray runToEnd(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(FACETRACK_AGENTD), arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        qFatal("%s: %s", qPrintable(arguments.join(u' ')), process.readAllStandardError().constData());
    return process.readAllStandardOutput();
}

void makeRelay(Play &play)
{
    const QString state = play.path(QStringLiteral("relay"));
    const QString at = QStringLiteral("127.0.0.1:%1").arg(chaos::freePorts(1));
    runToEnd({QStringLiteral("relay"), QStringLiteral("secret"), QStringLiteral("--state-dir"), state});
    play.relay = std::make_unique<chaos::Daemon>(
        QStringLiteral("the relay"),
        QStringList{QStringLiteral("relay"), QStringLiteral("--listen"), at,
                    QStringLiteral("--state-dir"), state}
            + hasty(play.database->urls()));
    play.relayed = {QStringLiteral("relay+http://") + at, QStringLiteral("token")};
}

QString makeToken(const Play &play, const QString &agent)
{
    const QByteArray token
        = runToEnd({QStringLiteral("relay"), QStringLiteral("token"), QStringLiteral("--agent"), agent,
                    QStringLiteral("--state-dir"), play.path(QStringLiteral("relay"))});
    QFile file(play.path(agent + QStringLiteral(".token")));
    if (!file.open(QIODevice::WriteOnly) || file.write(token) != token.size()
        || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        qFatal("the token cannot be written");
    return file.fileName();
}

void makeActors(Play &play)
{
    play.database = std::make_unique<chaos::Database>(play.directory.path());
    play.database->start();
    runToEnd(QStringList{QStringLiteral("database"), QStringLiteral("--apply")}
             + hasty(play.database->urls()));
    play.direct = {play.database->urls()};
    makeRelay(play);
    for (const char *name : {"agent-direct", "agent-relayed"}) {
        const QString id = QString::fromLatin1(name);
        if (id.endsWith(QStringLiteral("relayed")))
            makeToken(play, id);
        play.agents.push_back(std::make_unique<chaos::Daemon>(
            id, play.agentArguments(
                    id, QStringLiteral("synthetic:booth?size=160x120&people=2&fps=60"))));
    }
    for (const char *name : {"writer-direct", "writer-relayed"}) {
        const QString id = QString::fromLatin1(name);
        QStringList to = play.destination(id);
        if (to.size() > 1)
            to[1] = makeToken(play, id);
        play.writers.push_back(std::make_unique<chaos::Writer>(id, play.path(id), to));
    }
    play.relay->start();
    for (chaos::Actor *actor : play.all())
        if (actor != play.database.get() && actor != play.relay.get())
            actor->start();
    for (const auto &agent : play.agents) // the killing begins when the curtain is up
        if (!agent->process().waitReady())
            qFatal("%s does not start", qPrintable(agent->name()));
}

void act(Play &play, int forSeconds, Mischief &mischief)
{
    std::multimap<qint64, chaos::Actor *> down; // until when
    play.database->fake()->fault(mischief.hopelessRows());
    QElapsedTimer time;
    time.start();
    const auto actors = play.all();
    while (time.elapsed() < forSeconds * 1000) {
        QTest::qWait(mischief.number(30, 300));
        while (!down.empty() && down.begin()->first <= time.elapsed()) {
            down.begin()->second->start();
            down.erase(down.begin());
        }
        FakeCrate *const fake = play.database->fake();
        const int what = mischief.number(0, 99);
        if (what < 35) {
            chaos::Actor *victim
                = actors[static_cast<std::size_t>(mischief.number(0, static_cast<int>(actors.size()) - 1))];
            const bool gone = std::any_of(down.begin(), down.end(),
                                          [&](const auto &entry) { return entry.second == victim; });
            if (gone)
                continue;
            victim->kill();
            down.emplace(time.elapsed() + mischief.number(0, 1'000), victim);
        } else if (fake && what < 65) {
            fake->clearFaults();
            fake->fault(mischief.faults());
        } else if (fake && what < 75) {
            fake->down(mischief.number(0, 1));
        } else if (fake) {
            fake->up();
        }
    }
    for (const auto &[when, actor] : down)
        actor->start();
}

/// Peace: everything that is left is delivered.
void settle(Play &play)
{
    play.database->fake()->clearFaults();
    play.database->fake()->up();
    for (const auto &agent : play.agents) {
        agent->stopHard();
        agent->rewrite(play.agentArguments(agent->name(),
                                           QStringLiteral("synthetic:booth?size=160x120&frames=1"))
                       + set({QStringLiteral("upload.heartbeat_seconds=0")}));
        agent->start();
        QVERIFY(agent->process().waitReady());
        QVERIFY2(agent->process().waitStatus([](const QJsonObject &status) {
            const QJsonObject journal = status[u"journal"].toObject();
            return status[u"source"][u"state"].toString() == QStringLiteral("ended")
                   && journal[u"appended"].toInt() >= 1 // what that frame showed
                   && journal[u"appended"].toInt() == journal[u"committed"].toInt()
                   && journal[u"undelivered"].toInt() == 0;
        }), qPrintable(agent->name()));
        QCOMPARE(agent->process().terminate(), 0);
    }
    for (const auto &writer : play.writers)
        QVERIFY2(writer->drain(), qPrintable(writer->name() + QStringLiteral(" does not end")));
    play.relay->stopHard();
    play.relay->start();
    QVERIFY(play.relay->process().waitReady());
    QVERIFY(play.relay->process().waitStatus([](const QJsonObject &status) {
        return status[u"journal"][u"undelivered"].toInt(-1) == 0;
    }));
    QCOMPARE(play.relay->process().terminate(), 0);
}

void add(Ids &to, const Ids &more)
{
    to.insert(more.begin(), more.end());
}

void compare(Play &play)
{
    Ids journaled;
    Ids refused = kept(play.path(QStringLiteral("relay/relay.sqlite"))).refused;
    const auto read = [&](const QString &name, const QString &file) {
        const Kept one = kept(file);
        qInfo("%s: %zu rows, %zu refused", qPrintable(name), one.rows.size() + one.refused.size(),
              one.refused.size());
        QVERIFY2(one.rows.size() > 10, qPrintable(name));
        add(journaled, one.rows);
        add(journaled, one.refused);
        add(refused, one.refused);
    };
    for (const auto &agent : play.agents)
        read(agent->name(), play.journal(agent->name()));
    for (const auto &writer : play.writers)
        read(writer->name(), writer->journal());

    Ids stored;
    std::size_t twice = 0;
    for (const std::string &key : play.database->fake()->ids("facetrack.observations")) {
        // The day, the last column, is no part of the id.
        twice += stored.insert(key.substr(0, key.rfind('\t'))).second ? 0 : 1;
    }
    QCOMPARE(twice, std::size_t(0));
    Ids lost;
    for (const std::string &id : journaled)
        if (!stored.contains(id) && !refused.contains(id))
            lost.insert(id);
    Ids foreign;
    std::set_difference(stored.begin(), stored.end(), journaled.begin(), journaled.end(),
                        std::inserter(foreign, foreign.begin()));
    qInfo("%zu journaled, %zu stored, %zu refused and quarantined", journaled.size(), stored.size(),
          refused.size());
    QVERIFY(!refused.empty());
    for (const std::string &id : refused)
        QVERIFY(journaled.contains(id));
    for (const std::string &id : lost)
        qWarning("lost: %s", id.c_str());
    QVERIFY2(lost.empty(), lost.empty() ? "" : ("lost: " + *lost.begin()).c_str());
    QVERIFY2(foreign.empty(), foreign.empty() ? "" : ("not journaled: " + *foreign.begin()).c_str());
}

} // namespace

class TestChaos : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theDatabaseEndsWithWhatTheJournalsHaveOnce()
    {
        const unsigned seedNumber = seed();
        qInfo("FACETRACK_CHAOS_SEED=%u FACETRACK_CHAOS_SECONDS=%d", seedNumber, seconds());
        Mischief mischief(seedNumber);
        Play play;
        makeActors(play);
        if (QTest::currentTestFailed())
            return;
        act(play, seconds(), mischief);
        for (chaos::Actor *actor : play.all())
            qInfo("%s was killed %d times", qPrintable(actor->name()), actor->kills());
        settle(play);
        if (QTest::currentTestFailed())
            return;
        compare(play);
        if (QTest::currentTestFailed()) {
            play.directory.setAutoRemove(false);
            qWarning("the files stay in %s", qPrintable(play.directory.path()));
        }
    }
};

QTEST_GUILESS_MAIN(TestChaos)
#include "test_chaos.moc"
