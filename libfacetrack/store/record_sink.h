#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/net/endpoint_settings.h"
#include "libfacetrack/store/record.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace facetrack {

/// What became of one record.
struct RecordResult
{
    enum class Outcome {
        Retry,     ///< not known to be stored: send it again
        Delivered, ///< stored, or was there already
        Refused,   ///< will never be taken: to the quarantine, with `error`
    };
    Outcome outcome = Outcome::Retry;
    std::string error; ///< what the receiver said; for Retry and Refused
};

/// What became of a batch.
struct BatchAnswer
{
    enum class Verdict {
        Answered,  ///< see `records`: each may have been delivered, refused or neither
        Passing,   ///< nobody took it, and that may pass: send it again
        Permanent, ///< refused until a person does something; `error` says what
        TooLarge,  ///< send fewer records at a time
    };
    Verdict verdict = Verdict::Passing;
    /// One for each record, in order. May be empty, or all Retry, when not Answered; what is
    /// Delivered or Refused counts whatever the verdict.
    std::vector<RecordResult> records;
    std::optional<Error> error; ///< unless all went well: why, for people; no secrets
    bool waitLong = false;             ///< trouble that takes minutes at least (disk full, blocked)
};

/// Where records are delivered. Thread-bound to the thread that made it, which has a Qt event loop.
/// Taking a record twice must be harmless.
class FACETRACK_EXPORT RecordSink
{
public:
    using Done = std::function<void(BatchAnswer)>;

    /// Ends everything under way; nothing is called back any more.
    virtual ~RecordSink();

    /// Sends the records, which are of any type and stay where they are until `done` is called:
    /// exactly once, never before deliver() returns. Several batches may be under way.
    virtual void deliver(std::span<const StoredRecord> records, Done done) = 0;
    virtual std::vector<net::EndpointState> endpoints() const = 0;
};

/// What all kinds of sinks are made from.
struct SinkSettings
{
    net::EndpointSettings servers; ///< URLs with the scheme of the kind
    std::string schema = "facetrack"; ///< of the tables, for a database
};

/// A kind of sink, by the schemes of its URLs.
struct SinkKind
{
    std::vector<std::string_view> schemes; ///< "http", "https"
    std::string_view about;                ///< one sentence
    Result<std::unique_ptr<RecordSink>> (*make)(const SinkSettings &settings);
};

/// All kinds that this build has; listed in one place, sink_kinds.cpp.
FACETRACK_EXPORT const std::vector<SinkKind> &sinkKinds();

/// Whether a sink can be made for these URLs, without asking anybody or reading a file.
FACETRACK_EXPORT Result<void> checkSinkUrls(const std::vector<std::string> &urls);

/// The sink for these URLs, which must all be of one kind. InvalidArgument when they are not;
/// otherwise as the kind says. Reads secrets anew each time.
FACETRACK_EXPORT Result<std::unique_ptr<RecordSink>> makeSink(const SinkSettings &settings);

} // namespace facetrack
