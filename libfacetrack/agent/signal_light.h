#pragma once
#include "libfacetrack/base/export.h"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace facetrack {

/// The light on the board that says "this one": a Raspberry Pi's, or another's that Linux lets us
/// switch. Thread-safe.
class FACETRACK_EXPORT SignalLight
{
public:
    explicit SignalLight(std::filesystem::path folder = "/sys/class/leds");
    ~SignalLight(); ///< gives the light back

    /// Blinks from now on for so long, then gives the light back to what it showed before. The name
    /// of the light; empty when there is none, or no right to it.
    std::string blink(std::chrono::milliseconds time);

private:
    void run(std::stop_token stop, const std::filesystem::path &light, const std::string &before);

    const std::filesystem::path m_folder;
    std::mutex m_mutex; // guards all below
    std::condition_variable_any m_changed;
    std::chrono::steady_clock::time_point m_until{};
    std::string m_blinking; ///< name of the light that blinks now
    std::jthread m_thread;
};

} // namespace facetrack
