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
    Floats norm;
    Ints alive;
    for (int i = 0; i < Lanes; ++i) {
        const double l = light[i];
        const double spread = area * static_cast<unsigned>(power[i]) - l * l;
        const float factor = static_cast<float>(1 / std::sqrt(spread > 0 ? spread : 1));
        norm[i] = factor;
        alive[i] = area * static_cast<double>(factor) < 0.1 ? -1 : 0;
    }
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
            votes += left ? Floats{} + stump->left : Floats{} + stump->right;
        }
        alive &= votes >= stage.threshold - Doubt;
        certain &= votes >= stage.threshold + Doubt;
        ++promise.stage;
        promise.bits = 0;
        int count = 0;
        for (int i = 0; i < Lanes; ++i) {
            promise.bits |= static_cast<unsigned>(alive[i] & 1) << i;
            count += alive[i] & 1;
        }
        if (count < 2)
            break; // the exact test is quicker for one
    }
    for (int i = 0; i < Lanes; ++i)
        promise.certain |= static_cast<unsigned>(certain[i] & 1) << i;
    return promise;
}

} // namespace facetrack
