#pragma once
#include "libfacetrack/agent/presets.h"
#include "libfacetrack/agent/tuning_control.h"
#include "libfacetrack/agent/validations.h"
#include "libfacetrack/capture/camera_link.h"
#include "libfacetrack/http/server.h"
#include "libfacetrack/http/worker.h"
#include "libfacetrack/pipeline/analysis_loop.h"
#include "libfacetrack/store/journal.h"

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

namespace facetrack {

/// What the routes that tune need of an agent; all outlives the server.
struct ControlSources
{
    TuningControl &tuning;
    Presets &presets;
    http::Worker &worker;                    ///< for what waits for the disk
    std::string run;                         ///< of the agent: revisions count anew in each
    std::function<AnalysisState()> analysis; ///< with the revision of the newest analysed frame
    /// Nothing where the source is no camera: then its parameters are not shown.
    std::function<std::optional<CameraReport>()> camera;
};

/// /api/v1/schema and /api/v1/tuning with undo, reset and history.
void addTuningRoutes(http::Server &server, const ControlSources &sources);
/// /api/v1/presets.
void addPresetRoutes(http::Server &server, const ControlSources &sources);

/// What the routes for manual counts need; all outlives the server.
struct ValidationSources
{
    Validations &validations;
    const Journal &journal; ///< has the visits
    http::Worker &worker;
    const Clock &clock;
    std::string run;
    std::function<std::uint32_t()> revision; ///< of the tuning in force
};
/// /api/v1/validation.
void addValidationRoutes(http::Server &server, const ValidationSources &sources);

// What the first two say.

/// The JSON object in a request's body, or the refusal: 415 for another type, 400 for what is no
/// JSON object. An empty body is an empty object where `mayBeEmpty`.
tl::expected<nlohmann::json, http::Response> jsonBody(const http::Request &request,
                                                      bool mayBeEmpty = false);
/// Who asks, why, and the condition of If-Match.
TuningOrder orderOf(const http::Request &request, const std::string &run, std::string cause);
/// 200 with revision and values, or 412, 422 or 409 with the reason.
http::Response answerOf(const TuningControl::Outcome &outcome, const ControlSources &sources);
/// 422 with every problem.
http::Response invalidAnswer(const std::vector<Problem> &problems);

} // namespace facetrack
