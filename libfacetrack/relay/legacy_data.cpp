#include "libfacetrack/relay/legacy_data.h"

#include "libfacetrack/base/strict_json.h"

#include <QCryptographicHash>
#include <QtEndian>
#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace facetrack {

namespace {

using Json = nlohmann::json;
using Rectangle = std::array<double, 4>;
using Sides = std::array<double, 2>;

tl::unexpected<Error> wrong(const char *key, std::string message, std::string advice = {})
{
    return fail(ErrorCode::InvalidArgument, key, std::move(message), std::move(advice));
}

/// What one entry says, whatever its form.
struct Facts
{
    std::optional<double> faces;
    std::vector<Rectangle> rectangles;
    Sides image{0, 0}; ///< none: zeros
};

bool allNumbers(const Json &list)
{
    return std::all_of(list.begin(), list.end(), [](const Json &item) { return item.is_number(); });
}

/// True when `word` stands somewhere in it, as a key or as a text.
bool mentions(const Json &json, const std::string &word)
{
    if (json.is_string())
        return json == word;
    if (json.is_object() && json.contains(word))
        return true;
    return json.is_structured() && std::any_of(json.begin(), json.end(), [&](const Json &item) {
        return mentions(item, word);
    });
}

/// The first answer that `look` gives for the value or something in it.
template<typename Look>
auto search(const Json &json, Look look) -> decltype(look(json))
{
    if (auto found = look(json))
        return found;
    if (json.is_structured()) {
        for (const Json &item : json) {
            if (auto found = search(item, look))
                return found;
        }
    }
    return {};
}

std::optional<double> numberIn(const Json &json)
{
    return json.is_number() ? std::optional(json.get<double>()) : std::nullopt;
}

/// The number under the first of these names that there is.
std::optional<double> member(const Json &object, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        if (const auto found = object.find(name); found != object.end() && found->is_number())
            return found->get<double>();
    }
    return std::nullopt;
}

std::optional<Rectangle> rectangleIn(const Json &json)
{
    if (json.is_array() && json.size() == 4 && allNumbers(json))
        return Rectangle{json[0].get<double>(), json[1].get<double>(), json[2].get<double>(),
                         json[3].get<double>()};
    if (!json.is_object())
        return std::nullopt;
    const auto x = member(json, {"x", "left"});
    const auto y = member(json, {"y", "top"});
    const auto w = member(json, {"w", "width"});
    const auto h = member(json, {"h", "height"});
    return x && y && w && h ? std::optional(Rectangle{*x, *y, *w, *h}) : std::nullopt;
}

std::optional<Sides> sizeIn(const Json &json)
{
    if (json.is_array() && json.size() >= 2 && allNumbers(json))
        return Sides{json[0].get<double>(), json[1].get<double>()};
    if (!json.is_object())
        return std::nullopt;
    const auto w = member(json, {"w", "width", "x"});
    const auto h = member(json, {"h", "height", "y"});
    return w && h ? std::optional(Sides{*w, *h}) : std::nullopt;
}

/// The kind of an item: "Simple", "Geometry", "Tuple"; others are no matter of ours.
bool isKind(const Json &item, const char *kind)
{
    return item.contains(kind) || item.value("type", Json()) == kind
           || item.value("kind", Json()) == kind;
}

void readItem(const Json &item, Facts &facts)
{
    if (isKind(item, "Simple") && mentions(item, "frontal_faces")) {
        facts.faces = search(item, numberIn);
    } else if (isKind(item, "Geometry")) {
        if (const auto rectangle = search(item, rectangleIn))
            facts.rectangles.push_back(*rectangle);
    } else if (isKind(item, "Tuple") && mentions(item, "image")) {
        facts.image = search(item, sizeIn).value_or(Sides{0, 0});
    }
}

Result<std::size_t> facesOf(const Facts &facts, const WireLimits &limits)
{
    const double count = facts.faces.value_or(static_cast<double>(facts.rectangles.size()));
    if (!facts.faces && facts.rectangles.empty())
        return wrong("data", "neither frontal_faces nor a rectangle is in it",
                     "an item Simple named frontal_faces with a number");
    if (!(count >= static_cast<double>(facts.rectangles.size()))
        || !(count <= static_cast<double>(limits.faces)) || count != std::floor(count))
        return wrong("frontal_faces", "is no number of faces, or fewer than there are rectangles",
                     "a whole number up to " + std::to_string(limits.faces));
    return static_cast<std::size_t>(count);
}

Result<Size> imageOf(const Facts &facts)
{
    const auto [width, height] = facts.image;
    const auto side = [](double value) { return value >= 1 && value <= 65'535; };
    if (width == 0 && height == 0 && facts.rectangles.empty())
        return Size{};
    if (!side(width) || !side(height))
        return wrong("image", "there are rectangles, but no size of the image",
                     "an item Tuple named image with width and height in pixels");
    return Size{static_cast<int>(width), static_cast<int>(height)};
}

Result<UtcTime> timeOf(const Json &entry)
{
    const auto timestamp = member(entry, {"timestamp"});
    if (!timestamp || !(std::abs(*timestamp) < 1e15))
        return wrong("timestamp", "is missing or no time", "milliseconds since 1970");
    // Seconds reach 1e11 in the year 5138, milliseconds passed it in 1973.
    return UtcTime(std::llround(*timestamp < 1e11 ? *timestamp * 1000 : *timestamp));
}

Result<std::string> agentOf(const Json &entry)
{
    const auto meta = entry.find("meta");
    const Json name = meta != entry.end() && meta->is_object() ? meta->value("name", Json()) : Json();
    if (!name.is_string() || name.get_ref<const std::string &>().empty())
        return wrong("meta", "there is no name in it", "the agent's name as text");
    std::string agent = name.get<std::string>().substr(0, 64);
    constexpr std::string_view letters
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    for (char &c : agent) {
        if (letters.find(c) == letters.npos)
            c = '-';
    }
    return agent;
}

QByteArray hashOf(const std::string &text)
{
    return QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Sha256);
}

Observation observationOf(const Facts &facts, Size image, std::size_t faces)
{
    Observation observation;
    observation.frame = image;
    observation.faces.resize(faces);
    for (std::size_t i = 0; i < facts.rectangles.size(); ++i) {
        const auto part = [&](std::size_t at, int side) {
            return static_cast<float>(facts.rectangles[i][at] / side);
        };
        observation.faces[i].box = {part(0, image.width), part(1, image.height),
                                    part(2, image.width), part(3, image.height)};
    }
    return observation;
}

Result<Record> recordOf(const Json &entry, const WireLimits &limits)
{
    if (!entry.is_object() || !entry.contains("data") || !entry["data"].is_array())
        return wrong("data", "there is no list of that name",
                     "entries of timestamp, data and meta");
    const auto agent = agentOf(entry);
    const auto time = timeOf(entry);
    Facts facts;
    for (const Json &item : entry["data"]) {
        if (item.is_object())
            readItem(item, facts);
    }
    const auto faces = facesOf(facts, limits);
    const auto image = imageOf(facts);
    if (!agent || !time)
        return tl::unexpected(agent ? time.error() : agent.error());
    if (!faces || !image)
        return tl::unexpected(faces ? image.error() : faces.error());

    Observation observation = observationOf(facts, *image, *faces);
    observation.time = *time;
    // What the agent wrote in whatever order of keys: dump() sorts them.
    const QByteArray id = hashOf("facetrack /data entry\n" + *agent + "\n"
                                 + Json{entry["timestamp"], entry["data"]}.dump());
    observation.sequence = qFromBigEndian<quint64>(id.constData()) >> 1;
    const std::string run
        = hashOf("facetrack /data run\n" + *agent).toHex().left(16).toStdString();
    Record record = encodeObservation(observation, *agent, run);
    if (auto checked = checkRecord(record, limits); !checked)
        return tl::unexpected(checked.error());
    return record;
}

} // namespace

Result<WireBatch> readLegacyData(std::string_view text, const WireLimits &limits)
{
    const auto list = parseStrictJson(text);
    if (!list)
        return tl::unexpected(list.error());
    if (!list->is_array())
        return wrong("/data", "is not a list", "a list of {timestamp, data, meta}");
    if (list->size() > limits.rows)
        return fail(ErrorCode::Full, "rows", "there are more than " + std::to_string(limits.rows),
                    "send fewer at a time");
    WireBatch batch;
    for (std::size_t i = 0; i < list->size(); ++i) {
        if (auto record = recordOf((*list)[i], limits))
            batch.records.push_back(std::move(*record));
        else
            batch.refused.push_back({i + 1, record.error()});
    }
    return batch;
}

} // namespace facetrack
