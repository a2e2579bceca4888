#include "console/cli/commands.h"
#include "libfacetrack/base/file_text.h"
#include "libfacetrack/base/json_text.h"
#include "libfacetrack/simulation/event_simulation.h"
#include "libfacetrack/store/journal.h"
#include "libfacetrack/store/uploader.h"

#include <QTemporaryDir>
#include <QThread>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace facetrack::cli {

namespace {

constexpr std::size_t groupRows = 5'000;
constexpr std::uint64_t mostWaiting = 60'000; ///< rows on their way to a database
constexpr std::chrono::minutes patience{2};   ///< with a database that does not answer

/// A Journal that keeps what it is given, however old it claims to be.
Result<std::unique_ptr<Journal>> openJournal(const std::filesystem::path &file)
{
    JournalOptions options;
    options.file = file;
    options.maxBytes = std::int64_t{1} << 40;
    options.maxAge = std::chrono::hours(24 * 36'500);
    return Journal::open(options);
}

/// Where the records go: a Journal, and through it a database where one is named.
class Target
{
public:
    Result<void> open(const SimulateOptions &options)
    {
        const bool uploads = options.journal.empty();
        auto journal = openJournal(uploads ? m_folder.filePath(QStringLiteral("journal")).toStdString()
                                           : options.journal);
        if (!journal)
            return tl::unexpected(journal.error());
        m_journal = std::move(*journal);
        if (!uploads)
            return {};
        if (auto fits = checkSinkUrls(options.sink.servers.urls); !fits)
            return fits;
        UploaderOptions pace;
        pace.interval = std::chrono::milliseconds(50);
        m_uploader = std::make_unique<Uploader>(
            *m_journal, [sink = options.sink] { return makeSink(sink); }, pace);
        m_uploader->start();
        return {};
    }

    Result<void> take(Record record)
    {
        m_group.push_back(std::move(record));
        return m_group.size() < groupRows ? Result<void>() : commit(mostWaiting);
    }

    /// Everything is where it belongs.
    Result<void> finish() { return commit(0); }

private:
    Result<void> commit(std::uint64_t mayWait)
    {
        auto kept = m_journal->appendAndCommit(std::move(m_group));
        m_group.clear();
        return kept && m_uploader ? waitForUpload(mayWait) : kept;
    }

    Result<void> waitForUpload(std::uint64_t mayWait)
    {
        const auto begin = std::chrono::steady_clock::now();
        std::uint64_t before = m_uploader->state().delivered;
        auto progress = begin;
        while (m_journal->state().undelivered > mayWait) {
            const UploadState state = m_uploader->state();
            const auto now = std::chrono::steady_clock::now();
            if (state.delivered > before)
                progress = now;
            before = state.delivered;
            if (state.phase == UploadPhase::Refused || now - progress > patience)
                return fail(ErrorCode::Unavailable, "database",
                            state.error.empty() ? "it does not answer" : state.error);
            QThread::msleep(20);
        }
        const auto quarantined = m_journal->state().quarantined;
        if (quarantined > 0)
            return fail(ErrorCode::Io, "database",
                        "it refused " + std::to_string(quarantined) + " rows");
        return {};
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<Uploader> m_uploader;
    std::vector<Record> m_group;
};

void tell(const CommonOptions &common, const nlohmann::json &truth)
{
    if (common.json) {
        std::puts(jsonText(truth).c_str());
        return;
    }
    const auto number = [](const nlohmann::json &from, const char *key) {
        return from.at(key).get<unsigned long long>();
    };
    const nlohmann::json &all = truth.at("totals");
    std::printf("simulated: %llu frames, %llu face detections, %llu visits (%llu records come late, "
                "%llu twice)\n",
                number(all, "observations"), number(all, "face_detections"), number(all, "visits"),
                number(truth, "late"), number(truth, "duplicates"));
    for (const auto &[agent, sums] : truth.at("by_agent").items())
        std::printf("  %s: %llu frames, %llu face detections, %llu visits\n", agent.c_str(),
                    number(sums, "observations"), number(sums, "face_detections"),
                    number(sums, "visits"));
}

} // namespace

int simulateCommand(const CommonOptions &common, const SimulateOptions &options)
{
    if (options.journal.empty() == options.sink.servers.urls.empty())
        return refuse({ErrorCode::InvalidArgument, "simulate", "needs one place to write to",
                       "--journal FILE or --url http://HOST:4200"});
    Target target;
    if (auto opened = target.open(options); !opened)
        return refuse(opened.error(), ExitRefused);
    const auto truth = simulateEvent(options.event, [&target](Record record) {
        return target.take(std::move(record));
    });
    if (!truth)
        return refuse(truth.error(),
                      truth.error().code == ErrorCode::InvalidArgument ? ExitUsage : ExitRefused);
    if (auto done = target.finish(); !done)
        return refuse(done.error(), ExitRefused);
    nlohmann::json json = truthJson(options.event, *truth);
    if (!options.truth.empty()) {
        if (auto written = replaceText(options.truth, jsonText(json) + "\n"); !written)
            return refuse(written.error(), ExitRefused);
    }
    for (const char *bulky : {"counts", "heat_map", "dwell", "marks"})
        json.erase(bulky);
    tell(common, json);
    return 0;
}

} // namespace facetrack::cli
