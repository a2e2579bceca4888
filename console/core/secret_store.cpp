#include "console/core/secret_store.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QTimer>
#include <qt6keychain/keychain.h>

namespace facetrack::console {

namespace {

const QString Service = QStringLiteral("facetrack");

/// On a context's thread, later, as the interface promises.
void later(QObject *context, std::function<void()> job)
{
    QTimer::singleShot(0, context, std::move(job));
}

class FileSecrets : public SecretStore
{
public:
    FileSecrets(QString file, QString why) : m_file(std::move(file)), m_why(std::move(why)) {}

    QString place() const override
    {
        return m_why.isEmpty() ? m_file
                               : QObject::tr("%1, readable by you only (%2)").arg(m_file, m_why);
    }

    QString value(const QString &key) const { return load().value(key).toString(); }

    QString set(const QString &key, const QString &value)
    {
        QJsonObject all = load();
        if (value.isEmpty())
            all.remove(key);
        else
            all.insert(key, value);
        QDir().mkpath(QFileInfo(m_file).path());
        QSaveFile file(m_file);
        if (!file.open(QIODevice::WriteOnly)
            || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
            || file.write(QJsonDocument(all).toJson()) < 0 || !file.commit())
            return QObject::tr("%1 cannot be written: %2").arg(m_file, file.errorString());
        return {};
    }

    void read(const QString &key, QObject *context, std::function<void(QString)> done) override
    {
        later(context, [done = std::move(done), found = value(key)] { done(found); });
    }

    void write(const QString &key, const QString &value, QObject *context,
               std::function<void(QString)> done) override
    {
        later(context, [done = std::move(done), trouble = set(key, value)] { done(trouble); });
    }

private:
    QJsonObject load() const
    {
        QFile file(m_file);
        if (!file.open(QIODevice::ReadOnly))
            return {};
        return QJsonDocument::fromJson(file.readAll()).object();
    }

    const QString m_file, m_why;
};

/// Each secret is looked for in the keychain and then in the file; it is written to the keychain,
/// and only where that fails to the file.
class KeychainSecrets : public SecretStore
{
public:
    explicit KeychainSecrets(const QString &file)
        : m_file(file, QObject::tr("the desktop's keychain does not answer"))
    {}

    QString place() const override
    {
        return m_failed ? m_file.place() : QObject::tr("the desktop's keychain");
    }

    void read(const QString &key, QObject *context, std::function<void(QString)> done) override
    {
        if (const QString kept = m_file.value(key); !kept.isEmpty() || m_failed)
            return later(context, [done = std::move(done), kept] { done(kept); });
        auto *const job = new QKeychain::ReadPasswordJob(Service);
        job->setKey(key);
        QObject::connect(job, &QKeychain::Job::finished, context, [this, done = std::move(done), job] {
            m_failed = job->error() != QKeychain::NoError && job->error() != QKeychain::EntryNotFound;
            done(job->error() ? QString() : job->textData());
        });
        job->start();
    }

    void write(const QString &key, const QString &value, QObject *context,
               std::function<void(QString)> done) override
    {
        if (value.isEmpty())
            return remove(key, context, std::move(done));
        auto *const job = new QKeychain::WritePasswordJob(Service);
        job->setKey(key);
        job->setTextData(value);
        QObject::connect(job, &QKeychain::Job::finished, context,
                         [this, done = std::move(done), job, key, value] {
                             m_failed = job->error() != QKeychain::NoError;
                             // Not in two places: the file would win with an old value.
                             done(m_file.set(key, m_failed ? value : QString()));
                         });
        job->start();
    }

private:
    void remove(const QString &key, QObject *context, std::function<void(QString)> done)
    {
        const QString trouble = m_file.set(key, {});
        auto *const job = new QKeychain::DeletePasswordJob(Service);
        job->setKey(key);
        QObject::connect(job, &QKeychain::Job::finished, context,
                         [done = std::move(done), trouble] { done(trouble); });
        job->start();
    }

    FileSecrets m_file;
    bool m_failed = false;
};

} // namespace

std::unique_ptr<SecretStore> makeFileSecrets(const QString &file, const QString &whyAFile)
{
    return std::make_unique<FileSecrets>(file, whyAFile);
}

std::unique_ptr<SecretStore> makeSecrets(const QString &file)
{
    return std::make_unique<KeychainSecrets>(file);
}

QString tokenKey(const QString &agentId)
{
    return QStringLiteral("agent/%1/token").arg(agentId);
}

} // namespace facetrack::console
