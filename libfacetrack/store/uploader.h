#pragma once
#include "libfacetrack/base/clock.h"
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/net/endpoint_settings.h"
#include "libfacetrack/store/journal.h"
#include "libfacetrack/store/record_sink.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace facetrack {

struct UploaderOptions
{
    std::size_t batchRows = 10'000;             ///< most records in a request
    std::chrono::milliseconds interval{5'000};  ///< longest wait for a batch to fill
    std::size_t requests = 3;                   ///< under way at once for a backlog; ≥ 1
    std::chrono::milliseconds firstPause{500};  ///< after trouble; doubles, with jitter,
    std::chrono::milliseconds longestPause{30'000}; ///< up to this
    std::chrono::milliseconds refusedPause{60'000}; ///< between attempts when refused for good
    std::vector<std::string> files; ///< secrets and certificates: when one changes, tries at once
};

enum class UploadPhase {
    Idle,      ///< everything is delivered
    Uploading,
    Waiting,   ///< trouble that may pass; tries again by itself
    Refused,   ///< a person has to do something; tries again slowly
    Stopped,
};

/// "idle", "uploading", "waiting", "refused", "stopped"
FACETRACK_EXPORT const char *uploadPhaseName(UploadPhase phase);

/// How delivery is doing; a snapshot. The backlog itself is in JournalState.
struct UploadState
{
    UploadPhase phase = UploadPhase::Idle;
    std::uint64_t delivered = 0; ///< records in this run
    std::uint64_t refused = 0;   ///< records put into quarantine in this run
    std::uint64_t requests = 0;  ///< batches sent
    std::uint64_t failures = 0;  ///< batches not taken
    double rate = 0;             ///< records delivered per second, recent
    std::size_t batchRows = 0;   ///< as adapted
    std::size_t underWay = 0;    ///< batches
    std::chrono::nanoseconds retryIn{0}; ///< until the next attempt, when Waiting or Refused
    std::string error;           ///< last trouble in words; empty when all is well
    UtcTime lastSuccess{0};      ///< 0: none in this run
    std::vector<net::EndpointState> endpoints;
};

/// Carries records from the Journal to a RecordSink, on a thread of its own with a Qt event loop:
/// oldest first, with one lane for new rows so that a backlog does not starve them; marks a record
/// delivered only on its own result. Needs a QCoreApplication. Thread-safe.
class FACETRACK_EXPORT Uploader
{
public:
    /// Called on the uploader's thread, now and after each refusal, so that new secrets and
    /// settings take effect.
    using MakeSink = std::function<Result<std::unique_ptr<RecordSink>>()>;

    /// `journal` outlives the uploader.
    Uploader(Journal &journal, MakeSink makeSink, UploaderOptions options,
             const Clock &clock = SystemClock::instance());
    /// Ends requests under way at once; what they carried is sent again at the next start.
    ~Uploader();

    void start();
    /// Makes the sink anew with this one and tries at once.
    void replaceSink(MakeSink makeSink);
    /// Tries at once, whatever pause there is.
    void wake();
    UploadState state() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace facetrack
