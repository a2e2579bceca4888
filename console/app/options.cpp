#include "console/app/options.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace facetrack::console {

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
    parser.addOptions({connect, demo, theme, page, settings, quiet, noKeychain, size, list});
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
    const QString sides = parser.value(size);
    options.size = {sides.section(QLatin1Char('x'), 0, 0).toInt(), sides.section(QLatin1Char('x'), 1).toInt()};
    return options;
}

} // namespace facetrack::console
