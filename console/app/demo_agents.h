#pragma once
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

namespace facetrack::console {

/// Agents with drawn booths on this machine, for who has no camera at hand. They end with this.
class DemoAgents : public QObject
{
    Q_OBJECT

public:
    explicit DemoAgents(QObject *parent = nullptr);
    ~DemoAgents() override;

    void start(int count);
    /// For what they keep, and for the console's own settings meanwhile; goes with this.
    QString folder();

Q_SIGNALS:
    void ready(const QString &address);
    void failed(const QString &why);

private:
    void startOne(int number, const QString &program);

    std::optional<QTemporaryDir> m_folder; ///< made when it is asked for
    std::vector<std::unique_ptr<QProcess>> m_agents;
};

} // namespace facetrack::console
