#include "console/live/picture_link.h"

#include "console/live/picture_decoder.h"

#include <QThreadPool>
#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace facetrack::console {

namespace {

/// Decoding is kept to two threads: the laptop has other things to do, and pictures may be skipped.
QThreadPool &decoders()
{
    static QThreadPool pool;
    static const bool once = [] {
        pool.setMaxThreadCount(2);
        pool.setExpiryTimeout(-1);
        return true;
    }();
    (void)once;
    return pool;
}

double number(const std::map<std::string, std::string> &headers, const char *name)
{
    const auto found = headers.find(name);
    return found == headers.end() ? 0 : std::strtod(found->second.c_str(), nullptr);
}

/// "12:0.1,0.2,0.05,0.08;…"
std::vector<SeenFace> facesFrom(const std::string &text)
{
    std::vector<SeenFace> faces;
    for (const QString &item : QString::fromStdString(text).split(QLatin1Char(';'), Qt::SkipEmptyParts)) {
        const QStringList halves = item.split(QLatin1Char(':'));
        const QStringList sides = halves.value(1).split(QLatin1Char(','));
        if (sides.size() != 4)
            continue;
        faces.push_back({halves[0].toUInt(), QRectF(sides[0].toDouble(), sides[1].toDouble(),
                                                    sides[2].toDouble(), sides[3].toDouble())});
    }
    return faces;
}

} // namespace

PictureFacts factsFrom(const AgentStream::Part &part)
{
    PictureFacts facts;
    if (const auto faces = part.headers.find("x-faces"); faces != part.headers.end())
        facts.faces = facesFrom(faces->second);
    facts.sequence = static_cast<std::int64_t>(number(part.headers, "x-sequence"));
    facts.capturedUtc = static_cast<std::int64_t>(number(part.headers, "x-timestamp") * 1000 + 0.5);
    facts.latencyMs = number(part.headers, "x-latency-ms");
    facts.revision = static_cast<std::uint32_t>(number(part.headers, "x-revision"));
    return facts;
}

AgentStream::Options optionsFor(const PictureWish &wish)
{
    // In steps, so that several viewers share an encode and a dragged window asks seldom.
    constexpr int step = 160;
    const int width = std::clamp((wish.pixels.width() + step - 1) / step * step, step, 4096);
    AgentStream::Options options{{"width", std::to_string(width)},
                                 {"overlay", wish.overlay ? "1" : "0"},
                                 {"shapes", wish.shapes ? "1" : "0"},
                                 {"caption", "0"}};
    if (wish.fps > 0)
        options["fps"] = std::to_string(wish.fps);
    if (wish.exact)
        options["boxes"] = "exact";
    if (wish.facesVisible)
        options["faces"] = "visible";
    if (wish.facesCoarse)
        options["faces"] = "pixelated";
    return options;
}

PictureLink::PictureLink(std::shared_ptr<Mailbox> mailbox, Tell tell)
    : m_mailbox(std::move(mailbox)), m_tell(std::move(tell))
{}

void PictureLink::open(const AgentAccess &access, const PictureWish &wish)
{
    const AgentStream::Options options = optionsFor(wish);
    m_width = wish.pixels.width();
    const bool same = m_stream && access.url == m_access.url && access.token == m_access.token
                      && access.fingerprint == m_access.fingerprint;
    if (same && options == m_options)
        return;
    m_options = options;
    if (same)
        return m_stream->setOptions(options);
    m_access = access;
    AgentStream::Handlers handlers;
    handlers.picture = [this](const AgentStream::Part &part) { received(part); };
    handlers.connected = [this] { m_mailbox->post(m_tell.connected); };
    handlers.lost = [this](const AgentFailure &why, std::chrono::milliseconds pause) {
        m_mailbox->post([tell = m_tell.lost, why, pause] { tell(why, pause); });
    };
    handlers.refused = [this](const AgentFailure &why) {
        m_mailbox->post([tell = m_tell.refused, why] { tell(why); });
    };
    m_stream = std::make_unique<AgentStream>(access, options, std::move(handlers));
    m_stream->start();
}

void PictureLink::close()
{
    m_stream.reset();
}

void PictureLink::retryNow()
{
    if (m_stream)
        m_stream->retryNow();
}

void PictureLink::received(const AgentStream::Part &part)
{
    const std::lock_guard lock(m_mutex);
    m_newest = part;
    decodeNext();
}

void PictureLink::taken()
{
    const std::lock_guard lock(m_mutex);
    m_untaken = false;
    decodeNext();
}

/// With the mutex held.
void PictureLink::decodeNext()
{
    if (!m_newest || m_decoding || m_untaken)
        return;
    m_decoding = true;
    decoders().start([self = shared_from_this(), part = std::move(*m_newest)] { self->decode(part); });
    m_newest.reset();
}

void PictureLink::decode(const AgentStream::Part &part)
{
    thread_local PictureDecoder decoder;
    const QImage image = decoder.decode(part.jpeg, m_width);
    const std::lock_guard lock(m_mutex);
    m_decoding = false;
    if (image.isNull())
        return decodeNext();
    m_untaken = true;
    m_mailbox->post([tell = m_tell.picture, image, facts = factsFrom(part)] { tell(image, facts); });
}

} // namespace facetrack::console
