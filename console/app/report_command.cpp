#include "console/app/report_command.h"

#include "console/app/places.h"
#include "console/report/report_job.h"
#include "console/report/report_pdf.h"
#include "console/report/report_words.h"
#include "libfacetrack/client/agent_access.h"

#include <QEventLoop>
#include <QTimer>
#include <algorithm>
#include <cstdio>

namespace facetrack::console {

namespace {

constexpr std::chrono::seconds Meeting{15}; ///< for agents to say who they are

enum Exit { Written, NotWritten, Usage, Unanswered };

int refuse(const Error &error, Exit status)
{
    std::fprintf(stderr, "facetrack-console: %s\n", describe(error).c_str());
    return status;
}

/// The agents, as the console knows them: certificates, tokens and names. No window.
class Reporter
{
public:
    explicit Reporter(const Options &options)
        : m_settings(options.settings), m_secrets(secretsFor(options, m_settings)), m_network(QStringLiteral("network")),
          m_pictures(QStringLiteral("pictures")), m_agents({m_network, m_pictures, *m_secrets, knownFile(options, m_settings)})
    {
    }

    Result<void> meet(const Options &options)
    {
        for (const QString &typed : options.connect) {
            const auto url = agentUrl(typed.toStdString());
            if (!url)
                return tl::unexpected(url.error());
            m_agents.addAddress(QString::fromStdString(*url));
        }
        if (options.connect.isEmpty())
            addKnown(options);
        if (m_agents.sessions().empty())
            return fail(ErrorCode::InvalidArgument, "--report", "no agent is known",
                        "--connect ADDRESS, or --url http://HOST:4200 for a database");
        wait();
        return {};
    }

    HistoryDesk::Maker past(const ReportRequest &request) const
    {
        return request.servers.urls.empty() ? pastOfAll(m_agents) : pastOf(request.servers, request.schema);
    }

    Result<EventReport> collect(const EventPlan &plan, const HistoryDesk::Maker &past)
    {
        ReportJob job(m_network);
        QEventLoop loop;
        std::optional<Result<EventReport>> report;
        QObject::connect(&job, &ReportJob::finished, &loop, [&](const std::shared_ptr<const EventReport> &made) {
            report = *made;
            loop.quit();
        });
        QObject::connect(&job, &ReportJob::failed, &loop, [&](const Error &why) {
            report = tl::unexpected(why);
            loop.quit();
        });
        job.start(plan, past);
        while (!report)
            loop.exec();
        return std::move(*report);
    }

    ReportLook look(const EventReport &report) const { return lookOf(m_agents, report, {}); }

private:
    void addKnown(const Options &options)
    {
        if (const auto known = KnownAgents::load(knownFile(options, m_settings)))
            for (const KnownAgent &agent : known->all())
                m_agents.addKnown(agent);
        for (const QString &address : m_settings.addresses())
            m_agents.addAddress(address);
    }

    /// Until each has answered, or is known not to.
    void wait()
    {
        QEventLoop loop;
        const auto look = [this, &loop] {
            const auto sessions = m_agents.sessions();
            if (std::none_of(sessions.begin(), sessions.end(), [](const AgentSession *one) { return one->contact() == Contact::Connecting; }))
                loop.quit();
        };
        for (AgentSession *const session : m_agents.sessions())
            QObject::connect(session, &AgentSession::contactChanged, &loop, look);
        QTimer::singleShot(Meeting, &loop, &QEventLoop::quit);
        loop.exec();
    }

    ConsoleSettings m_settings;
    std::unique_ptr<SecretStore> m_secrets;
    NetworkThread m_network, m_pictures;
    AgentListModel m_agents;
};

Result<EventPlan> planOf(const ReportRequest &request)
{
    const QString to = request.to.isEmpty() ? request.from : request.to;
    const auto days = parseDays((request.from + QStringLiteral("..") + to).toStdString());
    if (!days)
        return tl::unexpected(days.error());
    const auto hours = parseHours(request.hours.toStdString());
    if (!hours)
        return tl::unexpected(hours.error());
    return EventPlan{*days, *hours, request.zone.toStdString(), {}};
}

void tell(const EventReport &report, const ReportLook &look, const QString &folder)
{
    const ReportWords words(report, look);
    std::printf("%s\n", qPrintable(words.headline()));
    for (const QString &sentence : words.sentences())
        std::printf("%s\n", qPrintable(sentence));
    for (const QString &warning : words.warnings())
        std::fprintf(stderr, "facetrack-console: %s\n", qPrintable(warning));
    std::printf("%s/report.pdf\n", qPrintable(folder));
}

} // namespace

int runReport(const Options &options)
{
    if (options.report.from.isEmpty() || options.report.folder.isEmpty())
        return refuse({ErrorCode::InvalidArgument, "--report", "says which days and where to", "--from 2026-05-04 --to 2026-05-05 --out DIR"}, Usage);
    const auto plan = planOf(options.report);
    if (!plan)
        return refuse(plan.error(), Usage);
    Reporter reporter(options);
    if (options.report.servers.urls.empty()) {
        if (const auto met = reporter.meet(options); !met)
            return refuse(met.error(), Usage);
    }
    const auto report = reporter.collect(*plan, reporter.past(options.report));
    if (!report)
        return refuse(report.error(), report.error().code == ErrorCode::InvalidArgument ? Usage : Unanswered);
    const ReportLook look = reporter.look(*report);
    if (const QString trouble = writeReport(*report, look, options.report.folder); !trouble.isEmpty())
        return refuse({ErrorCode::Io, options.report.folder.toStdString(), trouble.toStdString(), {}}, NotWritten);
    tell(*report, look, options.report.folder);
    return report->missing.empty() ? Written : Unanswered;
}

} // namespace facetrack::console
