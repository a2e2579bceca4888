#pragma once
#include <QObject>
#include <QString>
#include <functional>
#include <memory>

namespace facetrack::console {

/// Where tokens and passwords are kept. Calls back later, on the thread that asked.
class SecretStore
{
public:
    virtual ~SecretStore() = default;
    /// For people: "the desktop's keychain", or the file and why it is a file.
    virtual QString place() const = 0;
    /// Empty text: there is none.
    virtual void read(const QString &key, QObject *context, std::function<void(QString)> done) = 0;
    /// An empty value removes it. `done` with what went wrong; empty: nothing.
    virtual void write(const QString &key, const QString &value, QObject *context,
                       std::function<void(QString trouble)> done) = 0;
};

/// Secrets in a file that only this user may read (0600).
std::unique_ptr<SecretStore> makeFileSecrets(const QString &file, const QString &whyAFile);

/// The desktop's keychain; where none answers, the file. A secret that is in the file is found
/// there also after a keychain has come.
std::unique_ptr<SecretStore> makeSecrets(const QString &file);

QString tokenKey(const QString &agentId);

} // namespace facetrack::console
