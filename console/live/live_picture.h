#pragma once
#include "console/core/agent_session.h"
#include "libfacetrack/client/agent_stream.h"

#include <QDateTime>
#include <QImage>
#include <QObject>
#include <QRectF>
#include <QSize>
#include <QTimer>
#include <vector>

namespace facetrack::console {

class PictureLink;

/// A face as the agent saw it in or shortly before a picture.
struct SeenFace
{
    std::uint32_t track = 0; ///< 0: not known yet who it is
    QRectF box;              ///< fractions of the picture
};

/// What an agent says of one picture.
struct PictureFacts
{
    std::vector<SeenFace> faces;
    std::int64_t sequence = -1;   ///< of the captured frame
    std::int64_t capturedUtc = 0; ///< ms since 1970, by the agent's clock
    double latencyMs = 0;         ///< from capture to sending
    std::uint32_t revision = 0;   ///< tuning under which the faces were found
};

/// How a picture is asked for.
struct PictureWish
{
    QSize pixels;         ///< as shown, in device pixels; the agent sends no more
    double fps = 0;       ///< at most; 0: as many as there are
    bool overlay = false; ///< boxes drawn by the agent instead of here
    bool shapes = false;  ///< zones, lines and masks drawn by the agent
    bool facesVisible = false; ///< needs open calibration
    bool facesCoarse = false;  ///< also for owners while calibration is open
    bool exact = false;   ///< analysed frames only, each with its own boxes

    bool operator==(const PictureWish &) const = default;
};

/// The live picture of one agent at the size at which it is shown. Received on the pictures'
/// thread and decoded on another; here are only the newest image and what is to be said instead of
/// one. It comes back by itself, for ever. Thread-bound (GUI).
class LivePicture : public QObject
{
    Q_OBJECT

public:
    explicit LivePicture(AgentSession *session, QObject *parent = nullptr);
    ~LivePicture() override;

    AgentSession *session() const { return m_session; } ///< null: it was forgotten

    /// Starts, or asks anew shortly after, so that a window may be dragged to another size.
    void show(const PictureWish &wish);
    /// Asks for nothing any more; the image stays.
    void hide();
    void retryNow();

    const QImage &image() const { return m_image; } ///< null before the first
    const PictureFacts &facts() const { return m_facts; }
    double fps() const { return m_fps; } ///< of the pictures that came, recent
    bool isLive() const { return m_live; }
    QDateTime since() const { return m_since; } ///< of this state
    const AgentFailure &failure() const { return m_failure; } ///< why not live
    /// One line for the place of a picture: "no picture since 14:02, retrying in 8 s"; empty: live.
    QString trouble() const;

Q_SIGNALS:
    void pictureChanged();
    void stateChanged();

private:
    void ask();
    void took(QImage image, PictureFacts facts);
    void setLive(bool live, const AgentFailure &failure = {}, std::chrono::milliseconds pause = {});

    const QPointer<AgentSession> m_session;
    const SessionSurroundings m_surroundings;
    PictureWish m_wish;
    bool m_shown = false;
    bool m_live = false;
    QTimer m_delay;
    QImage m_image;
    PictureFacts m_facts;
    double m_fps = 0;
    std::int64_t m_last = 0; // ns, monotonic
    QDateTime m_since = QDateTime::currentDateTime();
    QDateTime m_retryAt;
    AgentFailure m_failure;
    const std::shared_ptr<Mailbox> m_mailbox;
    const std::shared_ptr<PictureLink> m_link;
};

} // namespace facetrack::console
