#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/client/agent_access.h"
#include "libfacetrack/client/agent_answers.h"
#include "libfacetrack/client/agent_failure.h"
#include "libfacetrack/config/parameter.h"

#include <QObject>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace facetrack {

/// Asks one agent over its HTTP API. Thread-bound: made, used and destroyed on one thread with a Qt
/// event loop, on which it calls back. Nothing blocks. Each call calls back exactly once, later,
/// unless the client or `context` (usually the widget that asks) is destroyed before. Questions go
/// out several at a time; changes one after the other, in the order in which they are made: the
/// last value of a slider is the last that the agent gets.
///
/// With a fingerprint in the access, no byte goes to anyone who shows another certificate. Without
/// one, any certificate is taken and told by fingerprint(), and the token is held back: trust at
/// first sight is to ask agent(), show or keep fingerprint(), then setAccess() with it.
class FACETRACK_EXPORT AgentClient : public QObject
{
public:
    template<typename T>
    using Done = std::function<void(AgentResult<T>)>;
    /// For what only succeeds or fails.
    struct Nothing {};
    using Query = std::map<std::string, std::string>;

    explicit AgentClient(AgentAccess access, AgentLimits limits = {}, QObject *parent = nullptr);
    ~AgentClient() override;

    const AgentAccess &access() const;
    /// For all calls from now on; those on their way are given up and call back as Unreachable.
    void setAccess(AgentAccess access);
    /// Shown in the agent's tuning history beside the address; printable ASCII.
    void setName(std::string name);
    /// The certificate that the agent showed last, "AB:CD:…"; empty before, and without TLS.
    std::string fingerprint() const;

    void agent(QObject *context, Done<AgentInfo> done);
    /// Name, role, location: {"name": "left lane"}.
    void setAgent(nlohmann::json wish, QObject *context, Done<AgentInfo> done);
    void status(QObject *context, Done<AgentReport> done);
    /// The agent's own parameters (not those of this version), for parse(), limits(), display() and
    /// parseJson(); without `get` and `set`.
    void schema(QObject *context, Done<std::vector<Parameter>> done);

    void tuning(QObject *context, Done<AgentTuning> done);
    /// A merge patch, all or nothing. With `ifMatch` (an AgentTuning::etag) Outdated if somebody
    /// else has tuned since.
    void patchTuning(nlohmann::json patch, QObject *context, Done<AgentTuning> done,
                     std::string ifMatch = {});
    void undo(QObject *context, Done<AgentTuning> done, std::string ifMatch = {});
    /// Sets again what undo took back, as a step of its own.
    void redo(nlohmann::json values, QObject *context, Done<AgentTuning> done);
    void reset(QObject *context, Done<AgentTuning> done, std::string ifMatch = {});
    /// The newest steps first, at most 200.
    void history(int limit, QObject *context, Done<std::vector<AgentTuningStep>> done);

    void presets(QObject *context, Done<std::vector<AgentPreset>> done);
    void preset(const std::string &name, QObject *context, Done<AgentPreset> done);
    /// `values` null: those in force.
    void savePreset(const std::string &name, nlohmann::json values, QObject *context,
                    Done<AgentPreset> done);
    void deletePreset(const std::string &name, QObject *context, Done<Nothing> done);
    void applyPreset(const std::string &name, QObject *context, Done<AgentTuning> done);

    void identify(QObject *context, Done<Identified> done);
    void restartSource(QObject *context, Done<Nothing> done);
    /// Opens or closes calibration, which lets faces be seen; the answer as it is.
    void calibration(bool open, QObject *context, Done<nlohmann::json> done);
    /// Options as in docs/http.md: {"width", "640"}.
    void snapshot(const Query &options, QObject *context, Done<AgentSnapshot> done);
    /// The JPEG at any other route: "/api/v1/clip/frames/3".
    void picture(const std::string &path, const Query &query, QObject *context,
                 Done<AgentSnapshot> done);

    /// Any other JSON route: "/api/v1/focus", "/api/v1/analytics/totals".
    void get(const std::string &path, const Query &query, QObject *context,
             Done<nlohmann::json> done);
    /// The same with a JSON body; null: none.
    void send(const std::string &method, const std::string &path, const nlohmann::json &body,
              QObject *context, Done<nlohmann::json> done);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace facetrack
