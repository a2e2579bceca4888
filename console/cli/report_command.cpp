#include "console/cli/commands.h"
#include "console/cli/targets.h"
#include "libfacetrack/analytics/agents_history.h"
#include "libfacetrack/analytics/crate_history.h"
#include "libfacetrack/analytics/journal_history.h"
#include "libfacetrack/analytics/report_csv.h"
#include "libfacetrack/base/json_text.h"

#include <QEventLoop>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>

namespace facetrack::cli {

namespace {

/// Who is asked.
struct Source
{
    std::unique_ptr<Journal> journal;
    std::unique_ptr<History> history; // after what it reads
};

Result<Source> openJournal(const std::string &file)
{
    JournalOptions options;
    options.file = file;
    options.maxBytes = std::int64_t{1} << 40; // it is only read: nothing is to go
    options.maxAge = std::chrono::hours(24 * 36'500);
    if (!std::filesystem::exists(options.file))
        return fail(ErrorCode::NotFound, file, "there is no such Journal");
    auto journal = Journal::open(options);
    if (!journal)
        return tl::unexpected(journal.error());
    Source source;
    source.journal = std::move(*journal);
    source.history = std::make_unique<JournalHistory>(*source.journal);
    return source;
}

Result<Source> openDatabase(const SinkSettings &settings)
{
    auto history = CrateHistory::open(settings.servers, settings.schema);
    if (!history)
        return tl::unexpected(history.error());
    return Source{nullptr, std::move(*history)};
}

Result<Source> openAgents(const CommonOptions &common)
{
    const auto known = KnownAgents::load(common.known);
    if (!known)
        return tl::unexpected(known.error());
    const auto targets = targetsFor(common.agents, *known, WithoutAgents::All);
    if (!targets)
        return tl::unexpected(targets.error());
    std::vector<AgentsHistory::Agent> agents;
    for (const Target &target : *targets)
        agents.push_back({target.id.empty() ? target.label : target.id, target.access});
    AgentLimits limits;
    limits.answer = std::chrono::milliseconds(static_cast<std::int64_t>(common.timeout * 1000));
    return Source{nullptr, std::make_unique<AgentsHistory>(std::move(agents), limits)};
}

Result<EventReport> collect(History &history, const EventPlan &plan)
{
    std::optional<Result<EventReport>> report;
    QEventLoop loop;
    QObject context;
    collectReport(history, plan, SystemClock::instance().utc(), &context,
                  [&](Result<EventReport> made) {
                      report = std::move(made);
                      loop.quit();
                  });
    while (!report)
        loop.exec();
    return std::move(*report);
}

void tell(const CommonOptions &common, const EventReport &report)
{
    if (!common.json) {
        for (const KeyFigure &figure : keyFigures(report))
            std::printf("%-36s %s\n", figure.name.c_str(), figure.value.c_str());
        if (report.isSimulated())
            std::puts("This event was made up.");
        for (const std::string &agent : report.missing)
            std::fprintf(stderr, "facetrack: %s did not answer and is not in the report\n",
                         agent.c_str());
        return;
    }
    nlohmann::json figures = nlohmann::json::object();
    for (const KeyFigure &figure : keyFigures(report))
        figures[figure.name] = figure.value;
    std::puts(jsonText(nlohmann::json{{"command", "report"},
                                      {"simulated", report.isSimulated()},
                                      {"missing", report.missing},
                                      {"figures", std::move(figures)}}).c_str());
}

} // namespace

int reportCommand(const CommonOptions &common, const ReportOptions &options)
{
    const bool database = !options.sink.servers.urls.empty();
    if (database && !options.journal.empty())
        return refuse({ErrorCode::InvalidArgument, "report", "asks one place only",
                       "--url, --journal, or neither for the agents"});
    const auto source = database                   ? openDatabase(options.sink)
                        : !options.journal.empty() ? openJournal(options.journal)
                                                   : openAgents(common);
    if (!source)
        return refuse(source.error());
    const auto report = collect(*source->history, options.plan);
    if (!report)
        return refuse(report.error(), report.error().code == ErrorCode::InvalidArgument
                                          ? ExitUsage
                                          : ExitUnreachable);
    if (!options.folder.empty()) {
        if (auto written = writeTables(*report, options.folder); !written)
            return refuse(written.error(), ExitRefused);
    }
    tell(common, *report);
    return report->missing.empty() ? 0 : ExitUnreachable;
}

} // namespace facetrack::cli
