#include "console/app/translations.h"
#include "libfacetrack/config/schema.h"
#include "tests/support/console_stage.h"

#include <QAction>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <QToolBar>
#include <QXmlStreamReader>
#include <vector>

using namespace facetrack::console;

namespace {

struct Message
{
    QString context, source;
    QStringList forms; ///< the translation, or one for each number
    bool finished = false, obsolete = false, counts = false;
};

Message readMessage(QXmlStreamReader &xml)
{
    Message message;
    message.counts = xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("source")) {
            message.source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            const QString type = xml.attributes().value(QLatin1String("type")).toString();
            message.finished = type.isEmpty();
            message.obsolete = type == QLatin1String("obsolete") || type == QLatin1String("vanished");
            if (!message.counts) {
                message.forms << xml.readElementText();
                continue;
            }
            while (xml.readNextStartElement())
                message.forms << xml.readElementText();
        } else {
            xml.skipCurrentElement();
        }
    }
    return message;
}

/// All that is in use.
std::vector<Message> messagesOf(const QString &locale)
{
    QFile file(QStringLiteral(SOURCE_DIR "/console/translations/console_%1.ts").arg(locale));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    std::vector<Message> messages;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("name"))
            context = xml.readElementText();
        else if (xml.name() == QLatin1String("message")) {
            Message message = readMessage(xml);
            message.context = context;
            if (!message.obsolete)
                messages.push_back(message);
        }
    }
    return xml.hasError() ? std::vector<Message>{} : messages;
}

/// "%1", "%n" and so on, sorted.
QStringList placeholdersIn(const QString &text)
{
    static const QRegularExpression placeholder(QStringLiteral("%L?(?:[0-9]+|n)"));
    QStringList found;
    for (auto at = placeholder.globalMatch(text); at.hasNext();)
        found << at.next().captured();
    found.sort();
    return found;
}

QString rows(int count)
{
    return AgentListModel::tr("%n row(s) wait", nullptr, count);
}

/// The actions in the main window's tool bar, of pages that are made now.
QStringList pageActions()
{
    ConsoleStage stage;
    QStringList titles;
    const auto *const bar = stage.window().findChild<QToolBar *>(QStringLiteral("pages"));
    for (const QAction *action : bar->actions())
        titles << action->text();
    return titles;
}

} // namespace

class TestConsoleTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMessageIsTranslatedWithItsPlaceholders_data()
    {
        QTest::addColumn<QString>("locale");
        QTest::addColumn<bool>("onlyCounts");
        QTest::newRow("German") << QStringLiteral("de") << false;
        QTest::newRow("English") << QStringLiteral("en") << true;
    }
    void everyMessageIsTranslatedWithItsPlaceholders()
    {
        QFETCH(QString, locale);
        QFETCH(bool, onlyCounts);
        const std::vector<Message> messages = messagesOf(locale);
        QVERIFY(messages.size() > (onlyCounts ? 3U : 200U));
        for (const Message &message : messages) {
            const QByteArray what = (message.context + QStringLiteral(": ") + message.source).toUtf8();
            QVERIFY2(message.finished, what.constData());
            QVERIFY2(message.counts || !onlyCounts, what.constData());
            QCOMPARE(message.forms.size(), message.counts ? 2 : 1);
            for (const QString &form : message.forms) {
                QVERIFY2(!form.isEmpty(), what.constData());
                QVERIFY2(placeholdersIn(form) == placeholdersIn(message.source), what.constData());
            }
        }
    }

    void theSettingsThatCanBeTunedHaveNamesInGerman()
    {
        QStringList names;
        for (const Message &message : messagesOf(QStringLiteral("de")))
            if (message.context == QStringLiteral("settings"))
                names << message.source;
        for (const facetrack::Parameter &parameter : facetrack::parameters()) {
            if (parameter.applies != facetrack::Applies::NextFrame)
                continue;
            for (const std::string &word : {parameter.label, parameter.zero})
                QVERIFY2(word.empty() || names.contains(QString::fromStdString(word)), word.c_str());
        }
    }

    // The next two in this order: what is installed stays.
    void englishCountsProperlyWhateverTheLocale()
    {
        installTranslations(QLocale::c());
        QCOMPARE(rows(1), QStringLiteral("1 row waits"));
        QCOMPARE(rows(2), QStringLiteral("2 rows wait"));
        QCOMPARE(rows(0), QStringLiteral("0 rows wait"));
        QVERIFY(pageActions().contains(QStringLiteral("Calibrate")));
    }

    void aGermanDesktopGetsAGermanConsole()
    {
        installTranslations(QLocale(QLocale::German, QLocale::Germany));
        QCOMPARE(rows(1), QStringLiteral("1 Zeile wartet"));
        QCOMPARE(rows(2), QStringLiteral("2 Zeilen warten"));
        const QStringList actions = pageActions();
        QVERIFY2(actions.contains(QStringLiteral("Kalibrieren")), qPrintable(actions.join(QLatin1Char(' '))));
        QVERIFY(!actions.contains(QStringLiteral("Calibrate")));
    }
};

QTEST_MAIN(TestConsoleTranslations)
#include "test_console_translations.moc"
