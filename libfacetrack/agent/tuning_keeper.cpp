#include "libfacetrack/agent/tuning_keeper.h"

#include "libfacetrack/base/file_text.h"
#include "libfacetrack/base/json_text.h"
#include "libfacetrack/base/log.h"

#include <utility>

namespace facetrack {

namespace {

// What comes within this time is one write: a drag at a slider wears no SD card out, and together
// with a slow disk the values are safe within a second.
constexpr std::chrono::milliseconds together{300};
constexpr std::chrono::milliseconds retryAfter{2000};
constexpr std::size_t mostHistoryBytes = 4 * 1024 * 1024;

} // namespace

TuningKeeper::TuningKeeper(std::filesystem::path folder, const AgentConfig &base)
    : m_folder(std::move(folder)), m_base(base)
{
}

TuningKeeper::~TuningKeeper()
{
    stop();
}

KeptWork TuningKeeper::load() const
{
    KeptWork kept{loadTuningToml(m_folder / "tuning.toml", m_base), {}};
    if (const auto text = readText(m_folder / "tuning-history.json", mostHistoryBytes))
        kept.history = nlohmann::json::parse(*text, nullptr, false);
    return kept;
}

void TuningKeeper::start(std::uint32_t revision, Persisted persisted)
{
    m_persisted = std::move(persisted);
    m_state.persisted = revision;
    m_thread = std::jthread([this](std::stop_token stop) { run(stop); });
}

void TuningKeeper::stop()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
}

void TuningKeeper::keep(TuningWork work)
{
    {
        const std::lock_guard lock(m_mutex);
        m_work = std::move(work);
    }
    m_changed.notify_one();
}

KeeperState TuningKeeper::state() const
{
    const std::lock_guard lock(m_mutex);
    return m_state;
}

Result<void> TuningKeeper::write(const TuningWork &work) const
{
    if (auto saved = saveTuningToml(m_folder / "tuning.toml", work.tuning, m_base); !saved)
        return saved;
    return replaceText(m_folder / "tuning-history.json", jsonText(work.history.json()) + "\n");
}

void TuningKeeper::pause(std::stop_token stop, std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    std::condition_variable_any never;
    never.wait_for(lock, stop, time, [] { return false; });
}

void TuningKeeper::run(std::stop_token stop)
{
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            if (!m_changed.wait(lock, stop, [this] { return m_work.has_value(); }))
                return;
        }
        pause(stop, together);
        std::optional<TuningWork> work;
        {
            const std::lock_guard lock(m_mutex);
            work = std::exchange(m_work, std::nullopt);
        }
        const Result<void> done = write(*work);
        const std::string error = done ? std::string() : describe(done.error());
        {
            const std::lock_guard lock(m_mutex);
            if (done)
                m_state.persisted = work->revision;
            if (!error.empty() && error != m_state.error)
                qCWarning(lcAgent, "tuned values cannot be kept: %s", error.c_str());
            m_state.error = error;
            if (!done && !m_work)
                m_work = std::move(work);
        }
        m_persisted(done ? work->revision : 0, error);
        if (!done) {
            if (stop.stop_requested())
                return;
            pause(stop, retryAfter);
        }
    }
}

} // namespace facetrack
