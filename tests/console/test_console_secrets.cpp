// Secrets in the desktop's keychain, where FACETRACK_KEYRING says that there is one (with_keyring), else
// in the file, and that it says so.
#include "console/core/secret_store.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <optional>

using namespace facetrack::console;

namespace {

constexpr int Patience = 30'000; // ms

} // namespace

/// What both kinds of tests need; calls that wait.
class SecretsTest : public QObject
{
    Q_OBJECT

protected:
    QTemporaryDir m_folder;
    QString m_file = m_folder.filePath(QStringLiteral("facetrack/secrets.json"));

    QString read(SecretStore &secrets, const QString &key)
    {
        std::optional<QString> value;
        secrets.read(key, this, [&](const QString &found) { value = found; });
        (void)QTest::qWaitFor([&] { return value.has_value(); }, Patience);
        return value.value_or(QStringLiteral("no answer"));
    }

    QString write(SecretStore &secrets, const QString &key, const QString &value)
    {
        std::optional<QString> trouble;
        secrets.write(key, value, this, [&](const QString &words) { trouble = words; });
        (void)QTest::qWaitFor([&] { return trouble.has_value(); }, Patience);
        return trouble.value_or(QStringLiteral("no answer"));
    }

    QByteArray fileText() const
    {
        QFile file(m_file);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

class TestConsoleKeychain : public SecretsTest
{
    Q_OBJECT

private Q_SLOTS:
    void aSecretIsInTheKeychainAndInNoFile()
    {
        const QString key = tokenKey(QStringLiteral("pi-1"));
        const auto secrets = makeSecrets(m_file);
        QCOMPARE(read(*secrets, key), QString());
        QCOMPARE(write(*secrets, key, QStringLiteral("seecret7")), QString());
        QVERIFY(!secrets->place().contains(m_file));
        QVERIFY(!fileText().contains("seecret7"));
        const auto next = makeSecrets(m_file); // another start
        QCOMPARE(read(*next, key), QStringLiteral("seecret7"));
        QCOMPARE(write(*next, key, {}), QString());
        QCOMPARE(read(*secrets, key), QString());
    }

    void whatTheFileHasFromBeforeIsFoundAndMovesToTheKeychain()
    {
        const QString key = tokenKey(QStringLiteral("pi-2"));
        const auto file = makeFileSecrets(m_file, {});
        QCOMPARE(write(*file, key, QStringLiteral("older")), QString());
        const auto secrets = makeSecrets(m_file);
        QCOMPARE(read(*secrets, key), QStringLiteral("older"));
        QCOMPARE(write(*secrets, key, QStringLiteral("newer")), QString());
        QCOMPARE(read(*secrets, key), QStringLiteral("newer"));
        QVERIFY(!fileText().contains("pi-2"));
    }
};

class TestConsoleSecrets : public SecretsTest
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAKeychainTheFileIsForThisUserAndSaysSo()
    {
        const QString key = tokenKey(QStringLiteral("pi-3"));
        const auto secrets = makeSecrets(m_file);
        QCOMPARE(write(*secrets, key, QStringLiteral("seecret7")), QString());
        QVERIFY2(secrets->place().contains(m_file) && secrets->place().contains(QStringLiteral("does not answer")),
                 qPrintable(secrets->place()));
        QVERIFY(fileText().contains("seecret7"));
        QCOMPARE(QFile::permissions(m_file) & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
        const auto next = makeSecrets(m_file);
        QCOMPARE(read(*next, key), QStringLiteral("seecret7"));
        QCOMPARE(write(*next, key, {}), QString());
        QVERIFY(!fileText().contains("pi-3"));
    }
};

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    TestConsoleKeychain keychain;
    TestConsoleSecrets file;
    return QTest::qExec(qEnvironmentVariableIsSet("FACETRACK_KEYRING") ? static_cast<QObject *>(&keychain) : &file,
                        argc, argv);
}

#include "test_console_secrets.moc"
