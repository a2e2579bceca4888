#pragma once
#include "libfacetrack/agent/tuning_history.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/config/tuning_file.h"

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

namespace facetrack {

/// What is to be kept of a revision.
struct TuningWork
{
    std::uint32_t revision = 0;
    Tuning tuning;
    TuningHistory history;
};

/// What was kept before.
struct KeptWork
{
    KeptTuning tuning;
    nlohmann::json history;
};

struct KeeperState
{
    std::uint32_t persisted = 0; ///< newest revision on disk
    std::string error;           ///< why it cannot be written; else empty
};

/// Keeps tuned values (tuning.toml) and the history (tuning-history.json) in the state directory:
/// a thread writes them a little after the last change of a row, at most half a second after the
/// first, atomically and durably. While the disk refuses, it tries again. Thread-safe.
class FACETRACK_EXPORT TuningKeeper
{
public:
    /// Called on the thread: revision, and what is wrong when it could not be written.
    using Persisted = std::function<void(std::uint32_t, const std::string &error)>;

    TuningKeeper(std::filesystem::path folder, const AgentConfig &base);
    ~TuningKeeper(); ///< stop()

    /// Before start().
    KeptWork load() const;
    /// `revision` is what load() gave.
    void start(std::uint32_t revision, Persisted persisted);
    /// Writes what is left, then joins the thread.
    void stop();

    void keep(TuningWork work);
    KeeperState state() const;

private:
    void run(std::stop_token stop);
    Result<void> write(const TuningWork &work) const;
    void pause(std::stop_token stop, std::chrono::milliseconds time);

    const std::filesystem::path m_folder;
    const AgentConfig &m_base; ///< of the owner
    Persisted m_persisted;

    mutable std::mutex m_mutex; // guards all below
    std::condition_variable_any m_changed;
    std::optional<TuningWork> m_work;
    KeeperState m_state;
    std::jthread m_thread;
};

} // namespace facetrack
