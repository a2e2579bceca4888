#pragma once
#include "console/core/agent_list_model.h"
#include "console/core/secret_store.h"
#include "console/shell/main_window.h"

#include <QTemporaryDir>
#include <memory>

/// A console of a test: its parts as facetrack-console puts them together, with settings, secrets
/// and known agents in a temporary folder and without discovery.
class ConsoleStage
{
public:
    explicit ConsoleStage(const QString &folder = {})
        : m_folder(folder.isEmpty() ? m_own.path() : folder),
          settings(m_folder + QStringLiteral("/console.ini")),
          secrets(facetrack::console::makeFileSecrets(m_folder + QStringLiteral("/secrets.json"), {})),
          network(QStringLiteral("network")), pictures(QStringLiteral("pictures")),
          agents({network, pictures, *secrets, (m_folder + QStringLiteral("/known.json")).toStdString()}),
          workspace{settings, *secrets, agents, current}
    {}

    /// Made on the first call.
    facetrack::console::MainWindow &window()
    {
        if (!m_window) {
            m_window = std::make_unique<facetrack::console::MainWindow>(workspace);
            m_window->show();
        }
        return *m_window;
    }

    /// The agent at this address, as a person would add it.
    facetrack::console::AgentSession *connectTo(const QUrl &url)
    {
        return agents.addAddress(url.toString(QUrl::RemovePath | QUrl::StripTrailingSlash));
    }

    QString folder() const { return m_folder; }

private:
    QTemporaryDir m_own;
    const QString m_folder;

public:
    facetrack::console::ConsoleSettings settings;
    std::unique_ptr<facetrack::console::SecretStore> secrets;
    facetrack::console::NetworkThread network, pictures;
    facetrack::console::AgentListModel agents;
    facetrack::console::CurrentAgent current;
    facetrack::console::Workspace workspace;

private:
    std::unique_ptr<facetrack::console::MainWindow> m_window; // first to go
};
