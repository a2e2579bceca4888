#pragma once
#include "console/cli/targets.h"
#include "libfacetrack/client/agent_client.h"

#include <QEventLoop>
#include <QTimer>
#include <optional>

namespace facetrack::cli {

/// Talks with one agent step by step, on the thread that made it; each step waits for its answer,
/// but never longer than a few times the time-out.
class Conversation
{
public:
    Conversation(Target target, const CommonOptions &common);

    /// Meets the agent: finds out the scheme of a typed address, and remembers a certificate that is
    /// seen for the first time. Nothing to do for a known agent.
    AgentResult<void> open();

    AgentClient &client() { return m_client; }
    const Target &target() const { return m_target; }

    /// Waits for one call: wait<AgentTuning>([&](QObject *context, auto done) {
    /// client().tuning(context, done); }).
    template<typename T, typename Start>
    AgentResult<T> wait(Start start)
    {
        QEventLoop loop;
        std::optional<AgentResult<T>> answer;
        QTimer::singleShot(m_longest, &loop, &QEventLoop::quit);
        start(&loop, AgentClient::Done<T>([&](AgentResult<T> came) {
            answer = std::move(came);
            loop.quit();
        }));
        loop.exec();
        return answer ? std::move(*answer) : tl::unexpected(tooSlow());
    }

private:
    AgentResult<AgentInfo> askWho();
    AgentResult<void> meet(const AgentInfo &info);
    AgentFailure tooSlow() const;

    Target m_target;
    const std::filesystem::path m_known;
    const std::chrono::milliseconds m_longest;
    AgentClient m_client;
};

} // namespace facetrack::cli
