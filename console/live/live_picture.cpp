#include "console/live/live_picture.h"

#include "console/live/picture_link.h"

#include <QLocale>
#include <chrono>

namespace facetrack::console {

LivePicture::LivePicture(AgentSession *session, QObject *parent)
    : QObject(parent), m_session(session), m_surroundings(session->surroundings()),
      m_mailbox(std::make_shared<Mailbox>(this)),
      m_link(std::make_shared<PictureLink>(
          m_mailbox,
          PictureLink::Tell{
              [this](const QImage &image, const PictureFacts &facts) { took(image, facts); },
              [this] { setLive(true); },
              [this](const AgentFailure &why, std::chrono::milliseconds pause) {
                  setLive(false, why, pause);
              },
              [this](const AgentFailure &why) { setLive(false, why); }}))
{
    m_delay.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, &LivePicture::ask);
    // A token that was missing, an address that has changed: asked anew with what is known now.
    connect(session, &AgentSession::contactChanged, this, [this] {
        if (m_shown && !m_live && m_session->isOnline())
            ask();
    });
}

LivePicture::~LivePicture()
{
    m_mailbox->close();
    m_surroundings.pictures.post([link = m_link] { link->close(); });
}

void LivePicture::show(const PictureWish &wish)
{
    using namespace std::chrono_literals;
    if (m_shown && wish == m_wish)
        return;
    const bool onlySize = m_shown && [&] {
        PictureWish sized = m_wish;
        sized.pixels = wish.pixels;
        return sized == wish;
    }();
    m_wish = wish;
    m_shown = true;
    if (onlySize)
        m_delay.start(250ms);
    else
        ask();
}

void LivePicture::ask()
{
    if (!m_session)
        return;
    m_surroundings.pictures.post(
        [link = m_link, access = m_session->access(), wish = m_wish] { link->open(access, wish); });
}

void LivePicture::hide()
{
    m_shown = false;
    m_delay.stop();
    m_surroundings.pictures.post([link = m_link] { link->close(); });
}

void LivePicture::retryNow()
{
    m_surroundings.pictures.post([link = m_link] { link->retryNow(); });
}

void LivePicture::took(QImage image, PictureFacts facts)
{
    m_link->taken();
    if (!m_shown)
        return;
    const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
    if (m_last > 0 && now > m_last) {
        const double rate = 1e9 / static_cast<double>(now - m_last);
        m_fps = m_fps > 0 ? m_fps * 0.9 + rate * 0.1 : rate;
    }
    m_last = now;
    m_image = std::move(image);
    m_facts = std::move(facts);
    Q_EMIT pictureChanged();
}

void LivePicture::setLive(bool live, const AgentFailure &failure, std::chrono::milliseconds pause)
{
    if (live != m_live) {
        m_since = QDateTime::currentDateTime();
        m_fps = 0;
        m_last = 0;
    }
    m_live = live;
    m_failure = failure;
    m_retryAt = QDateTime::currentDateTime().addMSecs(pause.count());
    Q_EMIT stateChanged();
}

QString LivePicture::trouble() const
{
    if (m_live)
        return {};
    if (m_failure.message.empty())
        return tr("waiting for the first picture …");
    if (m_failure.trouble == AgentTrouble::Token)
        return tr("needs its token");
    if (m_failure.trouble == AgentTrouble::Fingerprint)
        return tr("shows another certificate");
    const qint64 wait = std::max<qint64>(0, QDateTime::currentDateTime().secsTo(m_retryAt));
    return tr("no picture since %1, retrying in %2 s")
        .arg(QLocale().toString(m_since.time(), QStringLiteral("HH:mm")))
        .arg(wait);
}

} // namespace facetrack::console
