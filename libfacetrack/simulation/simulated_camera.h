#pragma once
#include "libfacetrack/simulation/crowd.h"
#include "libfacetrack/simulation/truth_keeper.h"
#include "libfacetrack/store/record.h"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace facetrack {

/// One agent of a simulated event: makes its records in order of time.
class SimulatedCamera
{
public:
    using Take = std::function<Result<void>(Record)>;

    /// `guests` are this agent's, in order of shift and frame.
    SimulatedCamera(std::string agent, std::vector<Shift> shifts, std::vector<Guest> guests,
                    TruthKeeper &truth);

    /// Makes everything before that time, ms since 1970. What `take` fails with.
    Result<void> goOnTo(std::int64_t until, const Take &take);
    /// A change of the settings at that time, or nothing when this agent does not look then.
    Result<void> tune(std::int64_t time, const std::string &parameter, const std::string &from,
                      const std::string &to, const Take &take);

private:
    struct Present
    {
        Guest guest;
        std::uint32_t track = 0;
    };
    Result<void> frame(const Shift &shift, std::int64_t number, const Take &take);
    Result<void> leave(const Shift &shift, const Present &present, const Take &take);
    Result<void> give(Record record, const Take &take) const;

    const std::string m_agent;
    const std::vector<Shift> m_shifts;
    const std::vector<Guest> m_guests;
    TruthKeeper &m_truth;
    std::size_t m_shift = 0;
    std::int64_t m_frame = 0;
    std::size_t m_nextGuest = 0;
    std::vector<Present> m_present;
    std::uint32_t m_tracks = 0, m_revision = 1;
    std::uint64_t m_visits = 0, m_changes = 0; ///< sequences in this run
};

} // namespace facetrack
