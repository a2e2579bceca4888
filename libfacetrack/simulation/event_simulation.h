#pragma once
#include "libfacetrack/simulation/simulated_event.h"
#include "libfacetrack/store/record.h"

#include <functional>

namespace facetrack {

/// Makes up an event and hands out its records (observations, visits, tuning changes, a heartbeat
/// of each agent), each flagged as simulated, about in order of time. Needs little memory but for the
/// records that come late. What it handed out is returned as the truth. InvalidArgument for an event
/// that cannot be; otherwise what `take` fails with.
FACETRACK_EXPORT Result<EventTruth>
simulateEvent(const SimulatedEvent &event, const std::function<Result<void>(Record)> &take);

} // namespace facetrack
