#include "console/app/options.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <string_view>

namespace facetrack::console {

namespace {

/// The options of --report.
class ReportOptions
{
    Q_DECLARE_TR_FUNCTIONS(options)

public:
    explicit ReportOptions(QCommandLineParser &parser) : m_parser(parser)
    {
        parser.addOption({QStringLiteral("report"), tr("Makes a report of an event, as PDF and tables, without a desktop, and ends. Asks the "
                                                       "agents of --connect, or those known, or --url.")});
        add("from", tr("First day of the event, such as 2026-05-04."), "DAY");
        add("to", tr("Its last day."), "DAY");
        add("hours", tr("Its opening hours."), "HOURS", "09:00-18:00");
        add("tz", tr("The place's time zone, such as Europe/Berlin, instead of this machine's."), "ZONE");
        add("out", tr("Folder for the report; made if there is none."), "FOLDER");
        add("url", tr("Asks this CrateDB instead of agents; may be given several times."), "URL");
        add("user", tr("User of the database."), "USER");
        add("password-file", tr("File with its password."), "FILE");
        add("ca-file", tr("Certificates to trust, PEM."), "FILE");
        add("schema", tr("Schema of the tables."), "SCHEMA", "facetrack");
    }

    ReportRequest read() const
    {
        ReportRequest request;
        request.wanted = m_parser.isSet(QStringLiteral("report"));
        request.from = value("from");
        request.to = value("to");
        request.hours = value("hours");
        request.zone = value("tz");
        request.folder = value("out");
        for (const QString &url : m_parser.values(QStringLiteral("url")))
            request.servers.urls.push_back(url.toStdString());
        request.servers.user = value("user").toStdString();
        request.servers.passwordFile = value("password-file").toStdString();
        request.servers.caFile = value("ca-file").toStdString();
        request.schema = value("schema").toStdString();
        return request;
    }

private:
    void add(const char *name, const QString &about, const char *value, const char *fallback = "")
    {
        m_parser.addOption({QLatin1String(name), about, QLatin1String(value), QLatin1String(fallback)});
    }
    QString value(const char *name) const { return m_parser.value(QLatin1String(name)); }

    QCommandLineParser &m_parser;
};

} // namespace

bool wantsNoDesktop(int argc, char **argv)
{
    return std::any_of(argv, argv + argc, [](const char *argument) { return std::string_view(argument) == "--report"; });
}

Options parseOptions(const QCoreApplication &app)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("options", "The console of facetrack: finds agents, shows their pictures, tunes them."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption connect(QStringLiteral("connect"),
                                     QCoreApplication::translate("options", "Adds the agent at this address; may be given several times."),
                                     QStringLiteral("ADDRESS"));
    const QCommandLineOption demo(QStringLiteral("demo"),
                                  QCoreApplication::translate("options", "Starts three agents with drawn booths on this machine and shows them; what is "
                                     "set meanwhile is not kept."));
    const QCommandLineOption theme(QStringLiteral("theme"), QCoreApplication::translate("options", "light or dark, whatever the desktop says."),
                                   QStringLiteral("THEME"));
    const QCommandLineOption page(QStringLiteral("page"), QCoreApplication::translate("options", "Shows this page first, such as wall."),
                                  QStringLiteral("PAGE"));
    const QCommandLineOption settings(QStringLiteral("settings"),
                                      QCoreApplication::translate("options", "Keeps settings in this file instead of the usual one."),
                                      QStringLiteral("FILE"));
    const QCommandLineOption quiet(QStringLiteral("no-discovery"),
                                   QCoreApplication::translate("options", "Does not look for agents on the network."));
    const QCommandLineOption noKeychain(QStringLiteral("no-keychain"),
                                        QCoreApplication::translate("options", "Keeps tokens in a file that only you may read."));
    const QCommandLineOption size(QStringLiteral("size"),
                                  QCoreApplication::translate("options", "Opens the window at this size, such as 1280x800."),
                                  QStringLiteral("WIDTHxHEIGHT"));
    const QCommandLineOption list(QStringLiteral("list-pages"),
                                  QCoreApplication::translate("options", "Prints the names of the pages and ends."));
    const QCommandLineOption present(QStringLiteral("present"),
                                     QCoreApplication::translate("options", "Shows charts and live pictures full screen for who walks by; Escape ends that."));
    const QCommandLineOption screen(QStringLiteral("screen"),
                                    QCoreApplication::translate("options", "Presents on this display, from 1; kept for the next time."),
                                    QStringLiteral("NUMBER"));
    parser.addOptions({present, screen, connect, demo, theme, page, settings, quiet, noKeychain, size, list});
    const ReportOptions report(parser);
    parser.process(app);
    Options options;
    options.connect = parser.values(connect);
    options.demo = parser.isSet(demo);
    options.theme = parser.value(theme);
    options.page = parser.value(page);
    options.settings = parser.value(settings);
    options.discovery = !parser.isSet(quiet) && !options.demo;
    options.keychain = !parser.isSet(noKeychain) && !options.demo;
    options.listPages = parser.isSet(list);
    options.present = parser.isSet(present);
    options.screen = parser.value(screen).toInt();
    options.report = report.read();
    const QString sides = parser.value(size);
    options.size = {sides.section(QLatin1Char('x'), 0, 0).toInt(), sides.section(QLatin1Char('x'), 1).toInt()};
    return options;
}

} // namespace facetrack::console
