#pragma once
#include "libfacetrack/capture/camera_device.h"

#include <atomic>
#include <cstring>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace facetrack {

/// A camera that does what a test says, behind the interface that libcamera's implements. It has
/// few buffers, as real ones do: what is not given back is missing.
class ScriptedCamera final : public CameraDevice
{
public:
    /// What a test holds of it, and sees afterwards; outlives the camera. Thread-safe.
    struct Script
    {
        CameraAbout about{"scripted", "camera-1", "scripted", "", {}, {}, {}, {}};
        CameraPixels pixels = CameraPixels::I420;
        Size size{64, 48};
        int padding = 16; ///< bytes behind each row
        bool canFlip = false;
        Size reduced; ///< of its second stream; empty: it has none
        std::size_t buffers = 4;

        std::mutex mutex;
        std::condition_variable_any changed;
        std::deque<CameraBuffer> waiting; ///< frames to come; picture is filled in when empty
        std::vector<CameraRequest> starts;
        std::vector<CameraOrders> orders;
        std::optional<Error> trouble; ///< of the next next()
        std::optional<Error> refuses; ///< of start()
        std::size_t lent = 0;
        std::size_t mostLent = 0;
        std::atomic<std::uint64_t> dropped = 0; ///< as it tells them

        void push(CameraBuffer buffer = {})
        {
            {
                const std::lock_guard lock(mutex);
                waiting.push_back(std::move(buffer));
            }
            changed.notify_one();
        }
        void breakWith(Error error)
        {
            {
                const std::lock_guard lock(mutex);
                trouble = std::move(error);
            }
            changed.notify_one();
        }
    };

    explicit ScriptedCamera(std::shared_ptr<Script> script) : m_script(std::move(script)) {}

    const CameraAbout &about() const override { return m_script->about; }

    Result<CameraSetup> start(const CameraRequest &request, const CameraOrders &first) override
    {
        const std::lock_guard lock(m_script->mutex);
        m_script->starts.push_back(request);
        m_script->orders.push_back(first);
        if (m_script->refuses)
            return tl::unexpected(*m_script->refuses);
        m_memory.assign(m_script->buffers, memory(m_script->size));
        const Size reduced = request.reduced ? m_script->reduced : Size();
        m_reduced = reduced.empty() ? std::vector<std::uint8_t>() : memory(reduced);
        const bool flips = m_script->canFlip;
        return CameraSetup{m_script->size, cameraPixelsName(m_script->pixels), request.fps,
                           flips && request.flipX, flips && request.flipY, reduced};
    }
    void set(const CameraOrders &orders) override
    {
        const std::lock_guard lock(m_script->mutex);
        m_script->orders.push_back(orders);
    }

    Result<std::optional<CameraBuffer>> next(std::stop_token stop,
                                             std::chrono::nanoseconds limit) override
    {
        std::unique_lock lock(m_script->mutex);
        Script &script = *m_script;
        script.changed.wait_for(lock, stop, limit,
                                [&] { return !script.waiting.empty() || script.trouble; });
        if (script.trouble)
            return tl::unexpected(*std::exchange(script.trouble, std::nullopt));
        if (script.waiting.empty() || script.lent >= script.buffers)
            return std::nullopt;
        CameraBuffer buffer = std::move(script.waiting.front());
        script.waiting.pop_front();
        script.mostLent = std::max(script.mostLent, ++script.lent);
        if (!buffer.picture.data[0])
            buffer.picture = picture(script.size, m_memory[m_next++ % m_memory.size()]);
        if (!m_reduced.empty())
            buffer.reduced = picture(script.reduced, m_reduced);
        return buffer;
    }
    void giveBack(const CameraBuffer &) override
    {
        const std::lock_guard lock(m_script->mutex);
        --m_script->lent;
    }
    std::uint64_t dropped() const override { return m_script->dropped; }

    /// The sample that the script's pictures have at a place: different everywhere.
    static std::uint8_t sample(int plane, int x, int y)
    {
        return static_cast<std::uint8_t>(17 + plane * 60 + x * 3 + y * 7);
    }

private:
    std::vector<std::uint8_t> memory(Size size) const
    {
        const auto stride = static_cast<std::size_t>(size.width + m_script->padding);
        const auto rows = static_cast<std::size_t>(size.height);
        std::vector<std::uint8_t> bytes(stride * (rows + 2) * 2);
        for (int plane = 0; plane < 3; ++plane) {
            const auto [start, pitch, width, height] = place(size, plane);
            for (int y = 0; y < height; ++y)
                for (int x = 0; x < width; ++x)
                    bytes[start + static_cast<std::size_t>(y * pitch + x)] = sample(plane, x, y);
        }
        return bytes;
    }
    struct Place
    {
        std::size_t start;
        int pitch, width, height;
    };
    Place place(Size size, int plane) const
    {
        const int pitch = size.width + m_script->padding;
        if (plane == 0)
            return {0, pitch, size.width, size.height};
        const int rows = (size.height + 1) / 2;
        const auto luma = static_cast<std::size_t>(pitch * size.height);
        const auto chroma = static_cast<std::size_t>(pitch * rows);
        return {luma + (plane == 2 ? chroma : 0), pitch, (size.width + 1) / 2, rows};
    }
    CameraPicture picture(Size size, const std::vector<std::uint8_t> &bytes) const
    {
        CameraPicture made;
        made.pixels = m_script->pixels;
        made.size = size;
        for (int plane = 0; plane < 3; ++plane) {
            const auto i = static_cast<std::size_t>(plane);
            made.data[i] = bytes.data() + place(size, plane).start;
            made.stride[i] = place(size, plane).pitch;
            made.bytes[i] = bytes.size() - place(size, plane).start;
        }
        return made;
    }

    const std::shared_ptr<Script> m_script;
    std::vector<std::vector<std::uint8_t>> m_memory;
    std::vector<std::uint8_t> m_reduced; ///< empty: not asked for
    std::size_t m_next = 0;
};

} // namespace facetrack
