#pragma once
#include <cstdint>
#include <map>

namespace facetrack {

/// A stretch of positions, both ends included.
struct PositionRange
{
    std::int64_t first = 0;
    std::int64_t last = 0;
    bool empty() const { return last < first; }
};

/// Which positions need no delivery any more: all up to the watermark, and ranges beyond it where
/// uploads finished out of order. Only the watermark is kept on disk; what lies beyond is sent
/// again after a crash, which changes nothing at the receiver. Not thread-safe.
class DeliveryMarks
{
public:
    explicit DeliveryMarks(std::int64_t watermark = 0) : m_watermark(watermark) {}

    /// Marks positions; the watermark moves on over what is then contiguous.
    void mark(PositionRange range);
    /// Everything up to `position` is gone; returns how many of these had not been marked.
    std::uint64_t raise(std::int64_t position);

    std::int64_t watermark() const { return m_watermark; }
    /// How many positions are marked beyond the watermark.
    std::int64_t marksBeyond() const { return m_marksBeyond; }
    /// First stretch of unmarked positions after `position`, up to `last`; may be empty.
    PositionRange nextOpen(std::int64_t position, std::int64_t last) const;

private:
    void absorb();

    std::int64_t m_watermark;
    std::map<std::int64_t, std::int64_t> m_beyond; ///< first → last; never touching each other
    std::int64_t m_marksBeyond = 0;
};

} // namespace facetrack
