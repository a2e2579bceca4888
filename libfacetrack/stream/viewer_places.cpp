#include "libfacetrack/stream/viewer_places.h"

#include <algorithm>
#include <string>

namespace facetrack {

namespace {

bool contains(const std::vector<ViewerOptions> &wishes, const ViewerOptions &wish)
{
    return std::find(wishes.begin(), wishes.end(), wish) != wishes.end();
}

std::size_t distinct(const std::vector<ViewerOptions> &wishes)
{
    std::vector<ViewerOptions> special;
    for (const ViewerOptions &wish : wishes)
        if (wish != ViewerOptions() && !contains(special, wish))
            special.push_back(wish);
    return special.size();
}

} // namespace

ViewerPlaces::ViewerPlaces(std::size_t viewers, std::size_t pictures)
    : m_viewers(viewers), m_pictures(pictures)
{}

Result<ViewerPlaces::Place> ViewerPlaces::take(ViewerOptions wish)
{
    wish.fps.reset(); // thins what a viewer gets, and makes no other picture
    wish.owner = wish.owner && wish.faces == Faces::Visible; // only then another picture
    const std::lock_guard lock(m_mutex);
    if (m_wishes.size() >= m_viewers)
        return fail(ErrorCode::Unavailable, "stream",
                    "all " + std::to_string(m_viewers) + " places for viewers are taken",
                    "close a viewer, or raise http.max_viewers");
    if (wish != ViewerOptions() && !contains(m_wishes, wish) && distinct(m_wishes) >= m_pictures)
        return fail(ErrorCode::Unavailable, "stream",
                    std::to_string(m_pictures)
                        + " different pictures are being watched, which is the most",
                    "leave out width, quality, overlay, caption, shapes, boxes and faces, or use what others use");
    m_wishes.push_back(wish);
    // The token keeps the places alive: it may end after the broadcaster, in the server.
    return Place(this, [places = shared_from_this(), wish](void *) { places->release(wish); });
}

std::size_t ViewerPlaces::taken() const
{
    const std::lock_guard lock(m_mutex);
    return m_wishes.size();
}

void ViewerPlaces::release(const ViewerOptions &wish)
{
    const std::lock_guard lock(m_mutex);
    m_wishes.erase(std::find(m_wishes.begin(), m_wishes.end(), wish));
}

} // namespace facetrack
