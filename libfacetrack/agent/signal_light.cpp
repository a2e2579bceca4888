#include "libfacetrack/agent/signal_light.h"

#include <array>
#include <fstream>
#include <iterator>

namespace facetrack {

namespace {

namespace fs = std::filesystem;

/// The names that Raspberry Pi kernels gave the activity light over the years, then the power one.
constexpr std::array lights{"ACT", "led0", "PWR", "led1"};

bool write(const fs::path &file, const char *text)
{
    std::ofstream out(file);
    out << text;
    out.flush();
    return bool(out);
}

/// The trigger in brackets: "none timer [mmc0]".
std::string currentTrigger(const fs::path &light)
{
    std::ifstream in(light / "trigger");
    const std::string all{std::istreambuf_iterator<char>(in), {}};
    const auto begin = all.find('[');
    const auto end = all.find(']', begin);
    return begin == all.npos || end == all.npos ? "" : all.substr(begin + 1, end - begin - 1);
}

} // namespace

SignalLight::SignalLight(fs::path folder) : m_folder(std::move(folder)) {}

SignalLight::~SignalLight() = default;

std::string SignalLight::blink(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    m_until = std::chrono::steady_clock::now() + time;
    m_changed.notify_all();
    if (!m_blinking.empty())
        return m_blinking;
    for (const char *name : lights) {
        const fs::path light = m_folder / name;
        const std::string before = currentTrigger(light);
        if (before.empty() || !write(light / "trigger", "timer"))
            continue;
        m_blinking = name;
        std::jthread ended = std::move(m_thread); // joined without the lock that it may want
        lock.unlock();
        ended = {};
        lock.lock();
        m_thread = std::jthread(
            [this, light, before](std::stop_token stop) { run(stop, light, before); });
        return name;
    }
    return {};
}

void SignalLight::run(std::stop_token stop, const fs::path &light, const std::string &before)
{
    // Without these files, or the right to them, it blinks at the kernel's own rate.
    write(light / "delay_on", "150");
    write(light / "delay_off", "150");
    std::unique_lock lock(m_mutex);
    while (!stop.stop_requested() && std::chrono::steady_clock::now() < m_until)
        m_changed.wait_until(lock, stop, m_until, [] { return false; });
    write(light / "trigger", before.c_str());
    m_blinking.clear();
}

} // namespace facetrack
