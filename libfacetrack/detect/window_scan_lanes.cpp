// Many windows at once: the part of WindowScan that takes nearly all of the time. It is compiled
// for newer processors too where the compiler can choose at run time.
#include "libfacetrack/detect/window_scan.h"

#include <cmath>
#include <cstring>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) \
    && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define FACETRACK_FOR_NEWER_PROCESSORS __attribute__((target_clones("avx2", "default")))
#else
#define FACETRACK_FOR_NEWER_PROCESSORS
#endif

namespace facetrack {

namespace {

// Vectors of the compiler's own: SSE, AVX or NEON by where it runs.
typedef float Floats __attribute__((vector_size(32)));
typedef std::int32_t Ints __attribute__((vector_size(32)));

// Sums of votes are rounded here: a window near the limit goes on, the exact test comes after.
constexpr float Doubt = 0.01F;

/// Lane i of a comparison as bit i.
inline unsigned bitsOf(const Ints &lanes)
{
    constexpr Ints powers = {1, 2, 4, 8, 16, 32, 64, 128};
    const Ints bits = lanes & powers;
    std::uint64_t words[4];
    std::memcpy(words, &bits, sizeof words);
    const std::uint64_t all = words[0] | words[1] | words[2] | words[3];
    return static_cast<unsigned>(all | all >> 32) & 0xff;
}

} // namespace

#define LOAD(name, from) Ints name; std::memcpy(&name, from, sizeof name)
#define SUM(name, from, at) \
    Ints name; \
    do { \
        LOAD(a_, (from) + (at)[0]); \
        LOAD(b_, (from) + (at)[1]); \
        LOAD(c_, (from) + (at)[2]); \
        LOAD(d_, (from) + (at)[3]); \
        name = a_ - b_ - c_ + d_; \
    } while (false)

FACETRACK_FOR_NEWER_PROCESSORS
WindowScan::Promise WindowScan::promising(const Layout &layout, const Row &row, int at) const
{
    const int *sums = row.at[0] + at;
    const int *squares = row.at[1] + at;
    SUM(light, sums, layout.whole);
    SUM(power, squares, layout.whole);
    const double area = (m_model.window.width - 2) * (m_model.window.height - 2);
    double spread[Lanes];
    float factor[Lanes];
    for (int i = 0; i < Lanes; ++i) {
        const double l = light[i];
        spread[i] = area * power[i] - l * l;
    }
    // Even light counts as 1, and that is too flat.
    for (int i = 0; i < Lanes; ++i)
        factor[i] = static_cast<float>(1 / std::sqrt(spread[i] > 0 ? spread[i] : 1));
    Floats norm;
    std::memcpy(&norm, factor, sizeof norm);
    Ints alive;
    for (int i = 0; i < Lanes; ++i)
        alive[i] = area * static_cast<double>(factor[i]) < 0.1 ? -1 : 0;
    const Stump *stump = layout.stumps.data();
    Ints certain = alive;
    Promise promise;
    for (const CascadeModel::Stage &stage : m_model.stages) {
        Floats votes = {};
        for (const Stump *end = stump + stage.trees; stump != end; ++stump) {
            SUM(first, sums, stump->blocks[0].at);
            SUM(second, sums, stump->blocks[1].at);
            Floats value = stump->blocks[0].weight * __builtin_convertvector(first, Floats)
                           + stump->blocks[1].weight * __builtin_convertvector(second, Floats);
            if (stump->blocks[2].weight != 0) {
                SUM(third, sums, stump->blocks[2].at);
                value += stump->blocks[2].weight * __builtin_convertvector(third, Floats);
            }
            const Ints left = value * norm < stump->threshold;
            votes += left ? stump->left - Floats{} : stump->right - Floats{};
        }
        alive &= votes >= stage.threshold - Doubt;
        certain &= votes >= stage.threshold + Doubt;
        ++promise.stage;
        promise.bits = bitsOf(alive);
        if ((promise.bits & (promise.bits - 1)) == 0)
            break; // for one or none, the exact test is quicker
    }
    promise.certain = bitsOf(certain);
    return promise;
}

} // namespace facetrack
