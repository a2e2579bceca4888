#pragma once
#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QString>
#include <memory>
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
    QString folder() const { return m_folder.path(); }

Q_SIGNALS:
    void ready(const QString &address);
    void failed(const QString &why);

private:
    void startOne(int number, const QString &program);

    QTemporaryDir m_folder;
    std::vector<std::unique_ptr<QProcess>> m_agents;
};

} // namespace facetrack::console
