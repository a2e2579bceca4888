#include "libfacetrack/detect/change_map.h"

#include <algorithm>
#include <cmath>

namespace facetrack {

namespace {

// A cell is the mean of 64 pixels (32 are read): its noise is a sixth of a pixel's or less.
constexpr float LeastThreshold = 2;   // grey levels: below, nothing that matters changes
constexpr float MostThreshold = 12;    // however restless the picture is
// The noise is what a quarter of the cells stay below, a third of its deviation: far more than half
// of a picture may move.
constexpr double NoiseQuantile = 0.25;
constexpr float TimesNoise = 15;
constexpr float UsualShare = 1.F / 16; // of a new picture in what is usual
constexpr float NoiseShare = 1.F / 8;

/// Below which value that share of all lies, from some thousands of them: more say nothing new.
float quantile(const std::vector<float> &values, double share)
{
    constexpr std::size_t Enough = 3000;
    const std::size_t step = (values.size() / Enough) | 1; // odd: not always the same columns
    std::vector<float> some;
    some.reserve(values.size() / step + 1);
    for (std::size_t i = 0; i < values.size(); i += step)
        some.push_back(values[i]);
    const auto at = some.begin()
                    + static_cast<std::ptrdiff_t>(static_cast<double>(some.size() - 1) * share);
    std::nth_element(some.begin(), at, some.end());
    return *at;
}

} // namespace

void ChangeMap::shrink(const Plane &luma)
{
    m_columns = luma.data ? luma.width / Cell : 0;
    m_rows = luma.data ? luma.height / Cell : 0;
    m_now.resize(static_cast<std::size_t>(m_columns * m_rows));
    const int width = m_columns * Cell;
    std::vector<std::uint16_t> sums(static_cast<std::size_t>(width));
    for (int row = 0; row < m_rows; ++row) {
        std::fill(sums.begin(), sums.end(), std::uint16_t(0));
        // Every other line is enough to see a change, at half the memory traffic.
        for (int y = 0; y < Cell; y += 2) {
            const std::uint8_t *line = luma.data + (row * Cell + y) * luma.stride;
            for (int x = 0; x < width; ++x)
                sums[static_cast<std::size_t>(x)]
                    = static_cast<std::uint16_t>(sums[static_cast<std::size_t>(x)] + line[x]);
        }
        for (int column = 0; column < m_columns; ++column) {
            int sum = 0;
            for (int x = 0; x < Cell; ++x)
                sum += sums[static_cast<std::size_t>(column * Cell + x)];
            m_now[static_cast<std::size_t>(row * m_columns + column)]
                = static_cast<float>(sum) / (Cell * Cell / 2);
        }
    }
}

void ChangeMap::see(const Plane &luma)
{
    m_before.swap(m_now);
    shrink(luma);
    m_changed.assign(m_now.size(), 0);
    if (m_usual.size() != m_now.size() || m_before.size() != m_now.size()) {
        m_usual = m_now;
        m_noise = 0;
    } else if (!m_now.empty()) {
        compare();
    }
    sumUp(m_changed, m_columns, m_rows, m_allSums);
    m_unexplainedSums = m_allSums;
}

void ChangeMap::compare()
{
    std::vector<float> difference(m_now.size());
    for (std::size_t i = 0; i < m_now.size(); ++i)
        difference[i] = m_now[i] - m_before[i];
    const float light = quantile(difference, 0.5);
    for (float &d : difference)
        d = std::abs(d - light);
    const float noise = quantile(difference, NoiseQuantile);
    m_noise = m_noise == 0 ? noise : m_noise + (noise - m_noise) * NoiseShare;
    m_threshold = std::clamp(TimesNoise * m_noise, LeastThreshold, MostThreshold);
    for (std::size_t i = 0; i < m_now.size(); ++i) {
        float &usual = m_usual[i];
        usual += light;
        const float away = m_now[i] - usual;
        if (std::abs(away) > m_threshold) {
            m_changed[i] = 1;
            usual = m_now[i];
        } else {
            usual += away * UsualShare;
        }
    }
}

void ChangeMap::sumUp(const std::vector<std::uint8_t> &marks, int columns, int rows,
                      std::vector<int> &sums)
{
    const auto stride = static_cast<std::size_t>(columns + 1);
    sums.assign(stride * static_cast<std::size_t>(rows + 1), 0);
    for (std::size_t y = 0; y < static_cast<std::size_t>(rows); ++y) {
        int line = 0;
        for (std::size_t x = 0; x < static_cast<std::size_t>(columns); ++x) {
            line += marks[y * static_cast<std::size_t>(columns) + x];
            sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + line;
        }
    }
}

namespace {

struct Cells
{
    std::size_t left, top, right, bottom;
};

Cells cellsIn(const Box &place, int columns, int rows)
{
    const auto at = [](float share, int count, bool up) {
        const float cell = share * static_cast<float>(count);
        return static_cast<std::size_t>(
            std::clamp(static_cast<int>(up ? std::ceil(cell) : std::floor(cell)), 0, count));
    };
    return {at(place.x, columns, false), at(place.y, rows, false),
            at(place.x + place.w, columns, true), at(place.y + place.h, rows, true)};
}

} // namespace

ChangeMap::Count ChangeMap::changed(const Box &place) const
{
    const Cells c = cellsIn(place, m_columns, m_rows);
    const auto stride = static_cast<std::size_t>(m_columns + 1);
    const auto count = [&](const std::vector<int> &sums) {
        return sums.empty() ? 0
                            : sums[c.bottom * stride + c.right] - sums[c.top * stride + c.right]
                                  - sums[c.bottom * stride + c.left] + sums[c.top * stride + c.left];
    };
    return {count(m_allSums), count(m_unexplainedSums)};
}

void ChangeMap::explain(std::span<const Box> places)
{
    std::vector<std::uint8_t> left = m_changed;
    for (const Box &place : places) {
        const Cells c = cellsIn(place, m_columns, m_rows);
        for (std::size_t y = c.top; y < c.bottom; ++y)
            for (std::size_t x = c.left; x < c.right; ++x)
                left[y * static_cast<std::size_t>(m_columns) + x] = 0;
    }
    sumUp(left, m_columns, m_rows, m_unexplainedSums);
}

} // namespace facetrack
