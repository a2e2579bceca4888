// resources/openapi.yaml lists exactly the routes that an agent serves.
#include "libfacetrack/agent/agent.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace facetrack;

class TestOpenApi : public QObject
{
    Q_OBJECT

private:
    /// "GET /api/v1/status": the description is written with one path or method a line.
    static QSet<QString> described()
    {
        QFile file(QStringLiteral(SOURCE_DIR "/resources/openapi.yaml"));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        static const QRegularExpression path(QStringLiteral("^  (/[^:]*):$"));
        static const QRegularExpression method(QStringLiteral("^    (get|put|post|patch|delete):$"));
        QSet<QString> routes;
        QString current;
        const QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
        for (const QString &line : lines) {
            if (const auto found = path.match(line); found.hasMatch())
                current = found.captured(1);
            else if (const auto verb = method.match(line); verb.hasMatch())
                routes << verb.captured(1).toUpper() + QLatin1Char(' ') + current;
        }
        return routes;
    }

private Q_SLOTS:
    void everyRouteIsDescribedAndNoOther()
    {
        QTemporaryDir state;
        AgentConfig config;
        config.source.url = "synthetic:booth?size=160x120&people=1&fps=1";
        config.http.listen = "127.0.0.1:0";
        config.state.directory = state.path().toStdString();
        const auto agent = Agent::start(config, SystemClock::instance());
        QVERIFY2(agent.has_value(), agent ? "" : describe(agent.error()).c_str());
        QSet<QString> served;
        for (const std::string &route : (*agent)->routes())
            served << QString::fromStdString(route);
        const QSet<QString> known = described();
        const QStringList missing = (served - known).values();
        const QStringList gone = (known - served).values();
        QVERIFY2(missing.isEmpty(), qPrintable(QStringLiteral("not described: ") + missing.join(QStringLiteral(", "))));
        QVERIFY2(gone.isEmpty(), qPrintable(QStringLiteral("not served: ") + gone.join(QStringLiteral(", "))));
        QVERIFY(served.size() > 25);
    }
};

QTEST_GUILESS_MAIN(TestOpenApi)
#include "test_openapi.moc"
