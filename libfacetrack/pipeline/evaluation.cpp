#include "libfacetrack/pipeline/evaluation.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace facetrack {

namespace {

constexpr float LeastOverlap = 0.3F;

bool beats(const SetFigures &a, const SetFigures &b)
{
    const bool asGood = a.cpu <= b.cpu && a.error <= b.error && a.quality >= b.quality;
    return asGood && (a.cpu < b.cpu || a.error < b.error || a.quality > b.quality);
}

} // namespace

std::size_t partners(const FaceBoxes &a, const FaceBoxes &b)
{
    struct Pair
    {
        float overlap;
        std::size_t a, b;
    };
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < b.size(); ++j)
            if (const float shared = overlap(a[i], b[j]); shared >= LeastOverlap)
                pairs.push_back({shared, i, j});
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const Pair &x, const Pair &y) { return x.overlap > y.overlap; });
    std::vector<bool> takenA(a.size()), takenB(b.size());
    std::size_t count = 0;
    for (const Pair &pair : pairs) {
        if (takenA[pair.a] || takenB[pair.b])
            continue;
        takenA[pair.a] = takenB[pair.b] = true;
        ++count;
    }
    return count;
}

double agreement(const FaceBoxes &a, const FaceBoxes &b)
{
    const std::size_t all = a.size() + b.size();
    return all == 0 ? 1 : 2 * static_cast<double>(partners(a, b)) / static_cast<double>(all);
}

double agreement(const std::vector<FaceBoxes> &a, const std::vector<FaceBoxes> &b)
{
    const std::size_t count = std::min(a.size(), b.size());
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i)
        sum += agreement(a[i], b[i]);
    return count == 0 ? 1 : sum / static_cast<double>(count);
}

double flicker(const std::vector<FaceBoxes> &frames)
{
    double sum = 0;
    for (std::size_t i = 1; i < frames.size(); ++i)
        sum += 1 - agreement(frames[i - 1], frames[i]);
    return frames.size() < 2 ? 0 : sum / static_cast<double>(frames.size() - 1);
}

std::vector<std::size_t> differingFrames(const std::vector<FaceBoxes> &a, const std::vector<FaceBoxes> &b,
                                         std::size_t most)
{
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        if (const double same = agreement(a[i], b[i]); same < 1)
            order.emplace_back(same, i);
    std::sort(order.begin(), order.end());
    order.resize(std::min(order.size(), most));
    std::vector<std::size_t> frames;
    for (const auto &[same, index] : order)
        frames.push_back(index);
    return frames;
}

SetEvaluation::SetEvaluation(Tuning tuning) : m_tuning(std::move(tuning)) {}

Result<void> SetEvaluation::look(const Frame &frame)
{
    const auto faces = m_finder.look(frame, m_tuning);
    if (!faces)
        return tl::unexpected(faces.error());
    (m_frames.empty() ? m_firstCpu : m_cpu) += m_finder.cpuSeconds();
    FaceBoxes &boxes = m_frames.emplace_back();
    for (const Track &face : *faces)
        boxes.push_back(face.box);
    return {};
}

double SetEvaluation::facesPerFrame() const
{
    const std::size_t faces = std::accumulate(
        m_frames.begin(), m_frames.end(), std::size_t(0),
        [](std::size_t sum, const FaceBoxes &boxes) { return sum + boxes.size(); });
    return m_frames.empty() ? 0 : static_cast<double>(faces) / static_cast<double>(m_frames.size());
}

double SetEvaluation::cpuPerFrame() const
{
    if (m_frames.size() < 2)
        return 1000 * m_firstCpu;
    return 1000 * m_cpu / static_cast<double>(m_frames.size() - 1);
}

std::vector<bool> paretoFront(const std::vector<SetFigures> &sets)
{
    std::vector<bool> front;
    for (const SetFigures &one : sets)
        front.push_back(std::none_of(sets.begin(), sets.end(), [&](const SetFigures &other) {
            return beats(other, one);
        }));
    return front;
}

} // namespace facetrack
