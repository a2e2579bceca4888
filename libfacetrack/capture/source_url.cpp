#include "libfacetrack/capture/source_url.h"

#include "libfacetrack/base/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

namespace facetrack {

namespace {

constexpr std::int64_t LeastEdge = 16;
constexpr std::int64_t MostEdge = 8192;

/// A NUL would cut a path short in every C function that takes it.
std::optional<std::string> decodedWithoutNul(std::string_view text)
{
    auto decoded = percentDecoded(text);
    return decoded && decoded->find('\0') == std::string::npos ? decoded : std::nullopt;
}

bool isScheme(std::string_view text)
{
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto other = [&](char c) {
        return letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    };
    return !text.empty() && letter(text.front()) && std::all_of(text.begin(), text.end(), other);
}

std::string joined(const std::vector<std::string> &words)
{
    std::string list;
    for (const std::string &word : words)
        list += (list.empty() ? "" : ", ") + word;
    return list;
}

std::string shown(double number)
{
    std::ostringstream text;
    text << number;
    return text.str();
}

template<typename Number>
std::optional<Number> parsed(std::string_view text)
{
    Number value{};
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

tl::unexpected<Error> badValue(const SourceUrl &url, const std::string &key,
                               const std::string &value, const std::string &wanted)
{
    return fail(ErrorCode::InvalidArgument, url.text,
                "option " + key + " is \"" + value + "\", but must be " + wanted);
}

Result<void> addOption(SourceUrl &url, std::string_view part)
{
    const std::size_t equals = part.find('=');
    const std::string key(part.substr(0, equals));
    if (equals == std::string_view::npos || key.empty())
        return fail(ErrorCode::InvalidArgument, url.text,
                    "option \"" + std::string(part) + "\" is not written as key=value",
                    key.empty() ? "" : "for example " + key + "=1");
    const auto value = decodedWithoutNul(part.substr(equals + 1));
    if (!value)
        return fail(ErrorCode::InvalidArgument, url.text,
                    "option " + key + " has a % without two hexadecimal digits after it",
                    "write a plain % as %25");
    if (!url.options.emplace(key, *value).second)
        return fail(ErrorCode::InvalidArgument, url.text, "option " + key + " is given twice");
    return {};
}

Result<void> takeSize(SourceUrl &url)
{
    const auto option = url.options.extract("size");
    if (option.empty())
        return {};
    const std::string_view value = option.mapped();
    const std::size_t cross = value.find('x');
    const auto edge = [](std::string_view text) {
        const auto pixels = parsed<std::int64_t>(text);
        return pixels && *pixels >= LeastEdge && *pixels <= MostEdge ? static_cast<int>(*pixels) : 0;
    };
    if (cross != std::string_view::npos)
        url.size = {edge(value.substr(0, cross)), edge(value.substr(cross + 1))};
    if (url.size.empty())
        return badValue(url, "size", option.mapped(),
                        "WIDTHxHEIGHT, each " + std::to_string(LeastEdge) + " to "
                            + std::to_string(MostEdge) + " pixels");
    return {};
}

Result<void> takeFit(SourceUrl &url)
{
    const auto name = url.choice("fit", {"stretch", "crop", "letterbox"});
    if (!name)
        return tl::unexpected(name.error());
    url.fit = *name == "crop" ? Fit::Crop : *name == "letterbox" ? Fit::Letterbox : Fit::Stretch;
    url.options.erase("fit");
    return {};
}

Result<void> addOptions(SourceUrl &url, std::string_view query)
{
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        if (const auto added = addOption(url, query.substr(0, end)); !added)
            return added;
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    if (const auto taken = takeSize(url); !taken)
        return taken;
    return takeFit(url);
}

} // namespace

Result<SourceUrl> SourceUrl::parse(std::string_view text)
{
    SourceUrl url;
    url.text = text;
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || !isScheme(text.substr(0, colon)))
        return fail(ErrorCode::InvalidArgument, url.text,
                    text.empty() ? "the source is empty" : "the source does not start with its kind",
                    "write KIND:PATH, for example file:clip.mp4");
    url.scheme = text.substr(0, colon);
    std::string_view rest = text.substr(colon + 1);
    const std::size_t question = std::min(rest.find('?'), rest.size());
    const auto path = decodedWithoutNul(rest.substr(0, question));
    if (!path)
        return fail(ErrorCode::InvalidArgument, url.text,
                    "the path has a % without two hexadecimal digits after it",
                    "write a plain % as %25, and ? as %3F");
    if (path->find('\0') != std::string::npos)
        return fail(ErrorCode::InvalidArgument, url.text, "the path has a NUL byte");
    url.path = *path;
    rest.remove_prefix(std::min(question + 1, rest.size()));
    if (const auto added = addOptions(url, rest); !added)
        return tl::unexpected(added.error());
    return url;
}

Result<void> SourceUrl::allowOnly(const std::set<std::string> &known) const
{
    std::vector<std::string> all(known.begin(), known.end());
    all.insert(all.end(), {"size", "fit"});
    std::sort(all.begin(), all.end());
    for (const auto &[key, value] : options) {
        if (std::find(all.begin(), all.end(), key) != all.end())
            continue;
        const auto nearer = [&key = key](const std::string &a, const std::string &b) {
            return editDistance(key, a) < editDistance(key, b);
        };
        const std::string &nearest = *std::min_element(all.begin(), all.end(), nearer);
        // Beyond half the word it is no slip of the finger, and a guess would mislead.
        const bool slip = editDistance(key, nearest) <= std::max(nearest.size(), key.size()) / 2;
        return fail(ErrorCode::InvalidArgument, text,
                    "there is no option \"" + key + "\" for " + scheme + ":",
                    (slip ? "did you mean " + nearest + "? " : std::string())
                        + "known options: " + joined(all));
    }
    return {};
}

Result<double> SourceUrl::number(const std::string &key, double fallback, double least,
                                 double most) const
{
    const auto option = options.find(key);
    if (option == options.end())
        return fallback;
    const auto value = parsed<double>(option->second);
    if (!value || !std::isfinite(*value) || *value < least || *value > most)
        return badValue(*this, key, option->second,
                        "a number from " + shown(least) + " to " + shown(most));
    return *value;
}

Result<std::int64_t> SourceUrl::integer(const std::string &key, std::int64_t fallback,
                                        std::int64_t least, std::int64_t most) const
{
    const auto option = options.find(key);
    if (option == options.end())
        return fallback;
    const auto value = parsed<std::int64_t>(option->second);
    if (!value || *value < least || *value > most)
        return badValue(*this, key, option->second,
                        "a whole number from " + std::to_string(least) + " to "
                            + std::to_string(most));
    return *value;
}

Result<bool> SourceUrl::flag(const std::string &key, bool fallback) const
{
    const auto option = options.find(key);
    if (option == options.end())
        return fallback;
    const std::string &value = option->second;
    if (value == "1" || value == "true" || value == "yes")
        return true;
    if (value == "0" || value == "false" || value == "no")
        return false;
    return badValue(*this, key, value, "1 or 0");
}

Result<std::string> SourceUrl::choice(const std::string &key,
                                      const std::vector<std::string> &choices) const
{
    const auto option = options.find(key);
    if (option == options.end())
        return choices.front();
    if (std::find(choices.begin(), choices.end(), option->second) == choices.end())
        return badValue(*this, key, option->second, "one of " + joined(choices));
    return option->second;
}

} // namespace facetrack
