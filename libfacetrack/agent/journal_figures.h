#pragma once
#include "libfacetrack/agent/metrics_writer.h"
#include "libfacetrack/base/clock.h"
#include "libfacetrack/store/journal.h"

#include <nlohmann/json_fwd.hpp>

namespace facetrack {

// The Journal in the status and the metrics of an agent and of a relay.

/// Records that the receiver refused for good, with its words.
nlohmann::ordered_json quarantineJson(const std::vector<QuarantinedRecord> &records);
nlohmann::ordered_json journalJson(const JournalState &journal, UtcTime now);
void writeJournalMetrics(MetricsWriter &to, const JournalState &journal, UtcTime now);

} // namespace facetrack
