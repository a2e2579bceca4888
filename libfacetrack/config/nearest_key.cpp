#include "libfacetrack/base/text.h"
#include "libfacetrack/config/schema.h"

#include <algorithm>

namespace facetrack {

namespace {

/// A key that long is no typing mistake; a limit keeps garbage cheap.
constexpr std::size_t longest = 64;

/// One spelling for all: "minNeighbors", "min-neighbors" and "MIN_NEIGHBORS" are the same mistake.
std::string folded(std::string_view text)
{
    std::string result;
    for (const char c : text) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (c != '_' && c != '-' && c != ' ')
            result += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return result;
}

std::string_view lastSegment(std::string_view key)
{
    const auto dot = key.rfind('.');
    return dot == key.npos ? key : key.substr(dot + 1);
}

} // namespace

std::string nearestKey(std::string_view unknown)
{
    if (unknown.empty() || unknown.size() > longest)
        return {};
    const std::string wanted = folded(unknown);
    const std::string_view wantedLast = lastSegment(wanted);
    std::string nearest;
    std::size_t least = longest;
    for (const Parameter &parameter : parameters()) {
        const std::string key = folded(parameter.key);
        const std::string_view last = lastSegment(key);
        const std::size_t whole = editDistance(wanted, key);
        const std::size_t end = editDistance(wantedLast, last);
        // The right name in the wrong section (or in none) is one mistake, whatever its length;
        // so is a name of which only the beginning was remembered.
        const bool begun = wantedLast.size() >= 3 && last.substr(0, wantedLast.size()) == wantedLast;
        const std::size_t cost = std::min(whole, begun ? 1 : end + 1);
        const bool near = begun || whole <= std::max<std::size_t>(2, key.size() / 4)
                          || end <= std::max<std::size_t>(1, last.size() / 4);
        if (near && (cost < least || (cost == least && whole < editDistance(wanted, folded(nearest))))) {
            least = cost;
            nearest = parameter.key;
        }
    }
    return nearest;
}

Error unknownKey(std::string_view key)
{
    if (isGroup(key)) {
        const auto &list = parameters();
        const auto first = std::find_if(list.begin(), list.end(), [key](const auto &parameter) {
            return parameter.group == key;
        });
        return {ErrorCode::InvalidArgument, std::string(key), "is a section, not a value",
                "name one of its settings, such as " + first->key};
    }
    std::string shown(key.substr(0, longest));
    std::replace_if(
        shown.begin(), shown.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
    const std::string nearest = nearestKey(key);
    return {ErrorCode::NotFound, key.size() > longest ? shown + "…" : shown, "no such setting",
            nearest.empty() ? "\"facetrack-agentd parameters\" lists them all"
                            : "did you mean " + nearest + "?"};
}

} // namespace facetrack
