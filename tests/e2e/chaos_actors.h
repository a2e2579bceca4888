#pragma once
#include "tests/fake_cratedb/fake_crate.h"
#include "tests/support/agent_process.h"

#include <QProcess>
#include <QString>
#include <QStringList>
#include <cstdint>
#include <memory>

namespace chaos {

/// So many ports in a row that are free now.
std::uint16_t freePorts(int count);

/// One program of the play, killed without warning and started again.
class Actor
{
public:
    explicit Actor(QString name) : m_name(std::move(name)) {}
    virtual ~Actor() = default;
    const QString &name() const { return m_name; }
    int kills() const { return m_kills; }

    virtual void start() = 0; ///< does not wait until it is ready
    virtual void stopHard() = 0; ///< kill -9
    void kill()
    {
        ++m_kills;
        stopHard();
    }

private:
    const QString m_name;
    int m_kills = 0;
};

/// The stand-in CrateDB: two nodes on ports that stay, rows in a file.
class Database final : public Actor
{
public:
    explicit Database(const QString &directory);
    void start() override;
    void stopHard() override { m_fake.reset(); }
    FakeCrate *fake() { return m_fake.get(); }
    QString urls() const;

private:
    const QStringList m_arguments;
    const std::uint16_t m_port;
    std::unique_ptr<FakeCrate> m_fake;
};

/// facetrack-agentd as an agent or as a relay.
class Daemon final : public Actor
{
public:
    Daemon(const QString &name, QStringList arguments)
        : Actor(name), m_arguments(std::move(arguments))
    {
    }
    void start() override { m_process = std::make_unique<AgentProcess>(m_arguments); }
    void stopHard() override { m_process.reset(); }
    AgentProcess &process() { return *m_process; }
    /// Other arguments from the next start on.
    void rewrite(QStringList arguments) { m_arguments = std::move(arguments); }

private:
    QStringList m_arguments;
    std::unique_ptr<AgentProcess> m_process;
};

/// upload_writer: a Journal and an Uploader, with more rows than a camera has.
class Writer final : public Actor
{
public:
    Writer(const QString &name, QString journal, QStringList destination)
        : Actor(name), m_journal(std::move(journal)), m_destination(std::move(destination))
    {
    }
    void start() override { run(QStringLiteral("1000")); }
    void stopHard() override;
    /// Delivers what is left; false when it does not end.
    bool drain();
    const QString &journal() const { return m_journal; }

private:
    void run(const QString &rate);
    QByteArray log() const; ///< of the last run, its end

    const QString m_journal;
    const QStringList m_destination;
    int m_runs = 0;
    std::unique_ptr<QProcess> m_process;
};

} // namespace chaos
