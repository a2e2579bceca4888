#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/client/agent_access.h"
#include "libfacetrack/client/agent_failure.h"

#include <QByteArray>
#include <QObject>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace facetrack {

/// The live picture of an agent, one JPEG after the other, still encoded. It comes back by itself
/// after growing pauses. Thread-bound, with a Qt event loop; the callbacks come on that thread and
/// may call stop(), but not destroy this. Give it a thread of its own rather than the GUI's.
class FACETRACK_EXPORT AgentStream : public QObject
{
public:
    /// One part of the stream.
    struct Part
    {
        QByteArray jpeg;
        std::map<std::string, std::string> headers; ///< what the agent says of it; lower-case names
    };
    struct Handlers
    {
        std::function<void(const Part &)> picture;
        /// The agent answers: the first time, and after each loss.
        std::function<void()> connected;
        /// As of AgentEvents.
        std::function<void(const AgentFailure &why, std::chrono::milliseconds pause)> lost;
        std::function<void(const AgentFailure &why)> refused;
    };
    /// Options of docs/http.md: {"width", "640"}.
    using Options = std::map<std::string, std::string>;

    AgentStream(AgentAccess access, Options options, Handlers handlers, AgentLimits limits = {},
                QObject *parent = nullptr);
    ~AgentStream() override;

    void start();
    /// Calls back no more until start().
    void stop();
    void retryNow();
    /// Asks anew, for another width or rate.
    void setOptions(Options options);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace facetrack
