#pragma once
#include "console/core/network_thread.h"
#include "console/live/live_picture.h"
#include "libfacetrack/client/agent_stream.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>

namespace facetrack::console {

/// The part of LivePicture off the GUI's thread: receives on the pictures' thread, decodes the
/// newest picture on a thread of a pool, and hands on one image at a time. Whoever is slow skips
/// pictures; none pile up.
class PictureLink : public std::enable_shared_from_this<PictureLink>
{
public:
    /// Called on the GUI's thread.
    struct Tell
    {
        std::function<void(QImage, PictureFacts)> picture;
        std::function<void()> connected;
        std::function<void(AgentFailure, std::chrono::milliseconds)> lost;
        std::function<void(AgentFailure)> refused;
    };

    PictureLink(std::shared_ptr<Mailbox> mailbox, Tell tell);

    // On the pictures' thread:
    void open(const AgentAccess &access, const PictureWish &wish);
    void close();
    void retryNow();

    /// On the GUI's thread, when it has taken an image: the next one may come.
    void taken();

private:
    void received(const AgentStream::Part &part);
    void decodeNext();
    void decode(const AgentStream::Part &part);

    const std::shared_ptr<Mailbox> m_mailbox;
    const Tell m_tell;
    std::unique_ptr<AgentStream> m_stream;
    AgentAccess m_access;
    AgentStream::Options m_options;
    std::atomic<int> m_width{0};

    std::mutex m_mutex; // guards the three below
    std::optional<AgentStream::Part> m_newest;
    bool m_decoding = false;
    bool m_untaken = false; ///< an image is on its way to the GUI
};

PictureFacts factsFrom(const AgentStream::Part &part);
AgentStream::Options optionsFor(const PictureWish &wish);

} // namespace facetrack::console
