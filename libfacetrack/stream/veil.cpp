#include "libfacetrack/stream/veil.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>

namespace facetrack {

namespace {

constexpr int Cell = 8;    // pixels of the frame
constexpr int Blocks = 24; // across the picture
constexpr int FirstBlocks = 8; // before the first look: a face may fill the picture
constexpr float BlocksInFace = 4; // the cascade still finds a large face in six
// A place that changed stays coarse for so long, so that several looks have their chance: a
// detector does not find every face each time.
constexpr std::chrono::milliseconds Settles{1500};
// A face that is not found any more stays coarse for so long at least, and then until the picture
// there has changed: else it is still there.
constexpr std::chrono::seconds Lingers{3};
constexpr float GoneShare = 0.25F;
constexpr std::size_t MostFaces = 256;
// A face is grown by this share of its width on each side, and by what it may walk since.
constexpr float Margin = 0.35F;
constexpr float WidthsPerSecond = 3;
constexpr float MostWidths = 1.5F;
// Grey levels by which a cell's mean must differ; more where the picture is noisy.
constexpr float LeastThreshold = 2.5F;
constexpr float MostThreshold = 10;
constexpr float TimesNoise = 7; // of the median difference between two frames
constexpr int Together = 3;
constexpr float UsualShare = 1.F / 64; // of a new picture: light that drifts shows nobody
constexpr int Reach = 3;        // cells around one that changed: the flat inside of what moves

Box grown(const Box &box, float by)
{
    const float w = box.w * by;
    const float h = box.h * by;
    return {box.x - w, box.y - h, box.w + 2 * w, box.h + 2 * h};
}

float median(std::vector<float> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

struct Span
{
    int begin;
    int end;
};

Span cellsOf(float from, float length, int count)
{
    const auto n = static_cast<float>(count);
    return {std::clamp(static_cast<int>(std::floor(from * n)), 0, count),
            std::clamp(static_cast<int>(std::ceil((from + length) * n)), 0, count)};
}

} // namespace

void Veil::startOver(Size frame)
{
    m_size = frame;
    m_columns = std::max(1, frame.width / Cell);
    m_rows = std::max(1, frame.height / Cell);
    const auto count = static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows);
    m_now.assign(count, 0);
    m_before.assign(count, 0);
    m_reference.assign(count, -1000); // differs from everything: all has changed
    m_changedAt.assign(count, MonotonicTime(0));
    m_lookedAt.clear();
    m_faces.clear();
    m_noise = 0;
}

void Veil::measure(const Plane &luma)
{
    m_before.swap(m_now);
    for (int row = 0; row < m_rows; ++row) {
        for (int column = 0; column < m_columns; ++column) {
            int sum = 0;
            int count = 0;
            const int right = std::min(luma.width, (column + 1) * Cell);
            for (int y = row * Cell; y < std::min(luma.height, (row + 1) * Cell); y += 2) {
                const std::uint8_t *line = luma.data + std::ptrdiff_t(y) * luma.stride;
                for (int x = column * Cell; x < right; ++x)
                    sum += line[x];
                count += right - column * Cell;
            }
            m_now[static_cast<std::size_t>(row * m_columns + column)]
                = static_cast<float>(sum) / static_cast<float>(std::max(1, count));
        }
    }
}

void Veil::compare(MonotonicTime now)
{
    std::vector<float> differences;
    for (std::size_t i = 0; i < m_now.size(); i += 5)
        differences.push_back(m_now[i] - m_before[i]);
    const float light = median(differences); // what changes everywhere alike shows nobody
    for (float &difference : differences)
        difference = std::abs(difference - light);
    m_noise += (std::min(median(differences), MostThreshold / TimesNoise) - m_noise) / 8;
    const float threshold = std::clamp(TimesNoise * m_noise, LeastThreshold, MostThreshold);
    std::vector<char> differs(m_now.size());
    for (std::size_t i = 0; i < m_now.size(); ++i) {
        m_reference[i] += light;
        differs[i] = std::abs(m_now[i] - m_reference[i]) > threshold;
    }
    for (int row = 0; row < m_rows; ++row) {
        for (int column = 0; column < m_columns; ++column) {
            const auto i = static_cast<std::size_t>(row * m_columns + column);
            if (differs[i] && isAmongMany(differs, column, row)) {
                m_reference[i] = m_now[i];
                m_changedAt[i] = now;
            } else {
                m_reference[i] += (m_now[i] - m_reference[i]) * UsualShare;
            }
        }
    }
}

/// Whether a cell that differs has others beside it that do: single ones are noise.
bool Veil::isAmongMany(const std::vector<char> &differs, int column, int row) const
{
    int count = 0;
    for (int y = std::max(0, row - 1); y <= std::min(m_rows - 1, row + 1); ++y)
        for (int x = std::max(0, column - 1); x <= std::min(m_columns - 1, column + 1); ++x)
            count += differs[static_cast<std::size_t>(y * m_columns + x)];
    return count >= Together;
}

void Veil::see(const Frame &frame)
{
    const bool first = frame.size() != m_size;
    if (first)
        startOver(frame.size());
    measure(frame.luma());
    if (first)
        m_before = m_now;
    m_captured = frame.captured();
    compare(m_captured);
}

float Veil::changedShare(const Box &place, MonotonicTime since) const
{
    const Span across = cellsOf(place.x, place.w, m_columns);
    const Span down = cellsOf(place.y, place.h, m_rows);
    int changed = 0;
    for (int y = down.begin; y < down.end; ++y)
        for (int x = across.begin; x < across.end; ++x)
            changed += m_changedAt[static_cast<std::size_t>(y * m_columns + x)] > since ? 1 : 0;
    const int all = (across.end - across.begin) * (down.end - down.begin);
    return all > 0 ? static_cast<float>(changed) / static_cast<float>(all) : 1;
}

void Veil::forgetTheGone(MonotonicTime now)
{
    std::erase_if(m_faces, [&](const Remembered &face) {
        return now - face.found > Lingers && changedShare(face.box, face.found) > GoneShare;
    });
    if (m_faces.size() > MostFaces)
        m_faces.erase(m_faces.begin(),
                      m_faces.end() - static_cast<std::ptrdiff_t>(MostFaces));
}

void Veil::looked(const AnalysedFrame &analysis)
{
    if (!analysis.frame || analysis.frame->size() != m_size)
        return; // of another picture than is seen now
    m_analysed = analysis.frame->captured();
    m_lookedAt = analysis.looked.lookedAt;
    for (const Track &face : analysis.faces) {
        std::erase_if(m_faces, [&](const Remembered &known) {
            return overlap(known.box, face.box) > 0.6F;
        });
        m_faces.push_back({face.box, m_analysed});
    }
    forgetTheGone(m_analysed);
}

/// Whether a cell may be shown as it is.
bool Veil::isOpen(int column, int row) const
{
    const int x = (column * LookReport::GridColumns + LookReport::GridColumns / 2) / m_columns;
    const int y = (row * LookReport::GridRows + LookReport::GridRows / 2) / m_rows;
    const auto place = static_cast<std::size_t>(std::min(y, LookReport::GridRows - 1)
                                                    * LookReport::GridColumns
                                                + std::min(x, LookReport::GridColumns - 1));
    const MonotonicTime changed = m_changedAt[static_cast<std::size_t>(row * m_columns + column)];
    return m_lookedAt[place] >= changed && m_lookedAt[place] != LookReport::Never
           && m_captured - changed >= Settles;
}

void Veil::coverFaces(std::vector<char> &blocks, int rows, VeiledPlaces &places) const
{
    const float age = std::chrono::duration<float>(m_captured - m_analysed).count();
    for (const Remembered &face : m_faces) {
        const float walked = std::min(MostWidths, std::max(0.F, age) * WidthsPerSecond);
        const Box around = grown(face.box, Margin + walked);
        const Span across = cellsOf(around.x, around.w, Blocks);
        const Span down = cellsOf(around.y, around.h, rows);
        const float edge = face.box.w / BlocksInFace;
        if (edge * Blocks <= 1) {
            for (int y = down.begin; y < down.end; ++y)
                for (int x = across.begin; x < across.end; ++x)
                    blocks[static_cast<std::size_t>(y * Blocks + x)] = 1;
            continue;
        }
        const float high = face.box.h / BlocksInFace;
        for (float y = around.y; y < around.y + around.h; y += high)
            for (float x = around.x; x < around.x + around.w; x += edge)
                places.push_back({x, y, edge, high});
    }
}

VeiledPlaces Veil::places() const
{
    if (m_size.empty() || m_lookedAt.size()
                              != std::size_t(LookReport::GridColumns) * LookReport::GridRows) {
        VeiledPlaces all;
        for (int i = 0; i < FirstBlocks * FirstBlocks; ++i)
            all.push_back({float(i % FirstBlocks) / FirstBlocks, float(i / FirstBlocks) / FirstBlocks,
                           1.F / FirstBlocks, 1.F / FirstBlocks});
        return all;
    }
    const int rows = std::max(1, static_cast<int>(std::lround(float(Blocks) * float(m_size.height)
                                                              / float(m_size.width))));
    std::vector<char> blocks(static_cast<std::size_t>(Blocks) * static_cast<std::size_t>(rows), 0);
    for (int row = 0; row < m_rows; ++row) {
        for (int column = 0; column < m_columns; ++column) {
            if (isOpen(column, row))
                continue;
            const auto block = [](int cell, int cells, int count) {
                return std::clamp(cell * count / cells, 0, count - 1);
            };
            for (int y = block(row - Reach, m_rows, rows); y <= block(row + Reach, m_rows, rows); ++y)
                for (int x = block(column - Reach, m_columns, Blocks);
                     x <= block(column + Reach, m_columns, Blocks); ++x)
                    blocks[static_cast<std::size_t>(y * Blocks + x)] = 1;
        }
    }
    VeiledPlaces places;
    VeiledPlaces large;
    coverFaces(blocks, rows, large);
    for (int i = 0; i < Blocks * rows; ++i)
        if (blocks[static_cast<std::size_t>(i)])
            places.push_back({float(i % Blocks) / Blocks, float(i / Blocks) / float(rows),
                              1.F / Blocks, 1.F / float(rows)});
    places.insert(places.end(), large.begin(), large.end());
    return places;
}

} // namespace facetrack
