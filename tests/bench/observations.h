#pragma once
#include "libfacetrack/model/observation.h"

#include <random>

namespace facetrack::bench {

/// The same observations for everyone; boxes as a detector gives them. `faces` below 0: 0..3 mixed.
class Observations
{
public:
    explicit Observations(int faces) : m_faces(faces) {}

    const Observation &next()
    {
        m_observation.sequence = m_sequence++;
        m_observation.time += UtcTime(16 + m_sequence % 2);
        const int faces = m_faces < 0 ? static_cast<int>(m_random() % 4) : m_faces;
        m_observation.faces.resize(static_cast<std::size_t>(faces));
        for (Track &face : m_observation.faces) {
            face.id = 1 + static_cast<std::uint32_t>(m_sequence / 200);
            face.box = {fraction(), fraction(), fraction() / 4, fraction() / 4};
            face.score = fraction();
        }
        return m_observation;
    }

private:
    float fraction() { return static_cast<float>(m_random() % 10'000) / 10'000.0F; }

    int m_faces;
    std::uint64_t m_sequence = 0;
    std::minstd_rand m_random{1};
    Observation m_observation{0, UtcTime(1'700'000'000'000), true, {1088, 720}, 17, {}};
};

} // namespace facetrack::bench
