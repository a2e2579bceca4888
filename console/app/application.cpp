#include "console/app/application.h"

#include "console/app/demo_agents.h"
#include "console/app/end_signals.h"
#include "console/app/options.h"
#include "console/app/places.h"
#include "console/app/report_command.h"
#include "console/app/start_marks.h"
#include "console/app/translations.h"
#include "console/core/agent_finder.h"
#include "console/core/log.h"
#include "console/shell/main_window.h"
#include "console/shell/stall_watch.h"
#include "console/shell/theme.h"
#include "libfacetrack/base/log.h"
#include "libfacetrack/base/version.h"
#include "libfacetrack/client/agent_access.h"

#include <QApplication>
#include <QLocale>
#include <QTimer>
#include <cstdio>

namespace facetrack::console {

namespace {

/// All that lives as long as the program, in the order of need.
class Console
{
public:
    explicit Console(const Options &options)
        : m_settings(options.demo ? m_demo.folder() + QStringLiteral("/console.ini") : options.settings),
          m_secrets(secretsFor(options, m_settings)), m_network(QStringLiteral("network")),
          m_pictures(QStringLiteral("pictures")),
          m_agents({m_network, m_pictures, *m_secrets, knownFile(options, m_settings)}),
          m_workspace{m_settings, *m_secrets, m_agents, m_current}
    {
        if (!options.theme.isEmpty())
            m_settings.set(QStringLiteral("window/theme"), options.theme);
        applyTheme(themeNamed(m_settings.value(QStringLiteral("window/theme")).toString()));
        m_window = std::make_unique<MainWindow>(m_workspace);
        if (!options.size.isEmpty())
            m_window->resize(options.size);
        if (lcConsole().isDebugEnabled())
            new StartMarks(m_window.get());
        m_window->show();
        if (!options.page.isEmpty() && !m_window->showPage(options.page))
            std::fprintf(stderr, "facetrack-console: there is no page %s\n", qPrintable(options.page));
        addAgents(options);
        if (options.screen > 0)
            m_settings.set(QStringLiteral("present/screen"), options.screen);
        if (options.present)
            m_window->present();
    }

private:
    void addAgents(const Options &options)
    {
        if (options.demo)
            startDemo();
        if (const auto known = KnownAgents::load(knownFile(options, m_settings)))
            for (const KnownAgent &agent : known->all())
                m_agents.addKnown(agent);
        for (const QString &address : m_settings.addresses())
            m_agents.addAddress(address);
        for (const QString &typed : options.connect) {
            if (const auto url = agentUrl(typed.toStdString()))
                m_agents.addAddress(QString::fromStdString(*url));
            else
                std::fprintf(stderr, "facetrack-console: --connect: %s\n", describe(url.error()).c_str());
        }
        if (!options.discovery)
            return;
        // Typing an address makes a change with each letter: one search for all of them.
        m_settled.setSingleShot(true);
        m_settled.setInterval(std::chrono::seconds(1));
        QObject::connect(&m_settled, &QTimer::timeout, &m_settled, [this] { findAnew(); });
        QObject::connect(m_workspace.venues.get(), &VenueProfiles::activeChanged, &m_settled,
                         qOverload<>(&QTimer::start));
        findAnew();
    }

    /// On the network, and by the heartbeats in the venue's database.
    void findAnew()
    {
        const VenueProfile venue = m_workspace.venues->active();
        if (!venue.hasDatabase())
            return find(BrowserSources{});
        m_workspace.venues->readPassword(venue.name, &m_settled, [this, venue](const QString &password) {
            BrowserSources sources;
            sources.database = venue.servers(password);
            sources.schema = venue.schema.toStdString();
            find(std::move(sources));
        });
    }

    void find(BrowserSources sources)
    {
        m_finder = std::make_unique<AgentFinder>(m_network, std::move(sources));
        QObject::connect(m_finder.get(), &AgentFinder::found, &m_agents, &AgentListModel::addFound);
    }

    void startDemo()
    {
        QObject::connect(&m_demo, &DemoAgents::ready, &m_agents,
                         [this](QString address) {
                             while (address.endsWith(QLatin1Char('/')))
                                 address.chop(1);
                             m_agents.addAddress(address);
                         });
        QObject::connect(&m_demo, &DemoAgents::failed, &m_agents, [](const QString &why) {
            std::fprintf(stderr, "facetrack-console: %s\n", qPrintable(why));
        });
        m_demo.start(3);
    }

    DemoAgents m_demo;
    ConsoleSettings m_settings;
    std::unique_ptr<SecretStore> m_secrets;
    NetworkThread m_network, m_pictures;
    AgentListModel m_agents;
    CurrentAgent m_current;
    Workspace m_workspace;
    QTimer m_settled;
    std::unique_ptr<AgentFinder> m_finder;
    std::unique_ptr<MainWindow> m_window;
#ifndef NDEBUG
    StallWatch m_stalls;
#endif
};

} // namespace

int runConsole(int argc, char **argv)
{
    if (wantsNoDesktop(argc, argv))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("facetrack-console"));
    QApplication::setApplicationDisplayName(QStringLiteral("facetrack"));
    QApplication::setApplicationVersion(QString::fromLatin1(version()));
    QApplication::setDesktopFileName(QStringLiteral("facetrack-console"));
    installLogHandler();
    installTranslations(QLocale());
    const Options options = parseOptions(app);
    if (options.listPages) {
        for (const PageKind &kind : pageKinds())
            std::printf("%s\n", qPrintable(kind.id));
        return 0;
    }
    if (options.report.wanted)
        return runReport(options);
    const Console console(options);
    const EndSignals ends;
    return QApplication::exec();
}

} // namespace facetrack::console
