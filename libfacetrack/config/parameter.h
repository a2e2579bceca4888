#pragma once
#include "libfacetrack/base/export.h"
#include "libfacetrack/base/result.h"
#include "libfacetrack/config/agent_config.h"
#include "libfacetrack/config/value.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace facetrack {

enum class ParameterType {
    Bool,
    Integer,
    Number,
    Text,
    Choice, ///< text, one of `choices`
    Size,   ///< pixels; "30x30" in text, TOML and JSON, [30, 30] is taken too
    Box,    ///< fractions of the frame: [x, y, w, h], inside 0..1 and not empty
    Shapes, ///< polygons or lines drawn into the frame, within `shapes`
};

/// When a changed value takes effect.
enum class Applies { NextFrame, Restart };

/// Short names for JSON: "bool", "integer", …; "next_frame", "restart".
FACETRACK_EXPORT const char *typeName(ParameterType type);
FACETRACK_EXPORT const char *appliesName(Applies applies);

/// One value of a choice, with what it means.
struct Choice
{
    std::string value;
    std::string about;
};

/// A widget is shown only while the parameter `key` has this value (as text).
struct Condition
{
    std::string key;
    std::string equals;
};

/// A form that a text must have, and the words that describe it.
struct TextForm
{
    std::string words;
    bool (*matches)(std::string_view) = nullptr;
};

/// What a list of shapes may hold.
struct ShapeLimits
{
    std::size_t most = 16; ///< shapes in the list
    std::size_t leastPoints = 3;
    std::size_t mostPoints = 32; ///< 2 makes them lines
    bool named = true;           ///< each needs a name, and no two have the same
    bool ways = false;           ///< each has two named directions
};

/// All that is known about one setting. Declared once, in schema_*.cpp; files, command line, API,
/// reference page and widgets are made from it. Immutable after start: any thread may read it.
struct Parameter
{
    std::string key;   ///< "detect.min_neighbors"
    std::string group; ///< "detect"
    std::string label; ///< "Neighbours"
    std::string doc;   ///< one line
    std::string unit;  ///< "px", "s", "ms", "fps", "%" or empty
    ParameterType type = ParameterType::Text;

    std::optional<double> min;  ///< of a number, or of each side of a size
    std::optional<double> max;
    std::optional<double> step; ///< for widgets; values between steps are accepted
    std::string zero;           ///< what 0 (or 0x0) means when it is allowed besides min..max
    std::size_t maxLength = 0;  ///< of a text, in bytes
    std::optional<TextForm> form;
    bool list = false;          ///< of a text: several, with commas; TOML takes an array of strings
    std::vector<Choice> choices; ///< all there are; of a text, some that people know
    std::optional<ShapeLimits> shapes; ///< of type Shapes

    Value defaultValue; ///< as a default-constructed AgentConfig has it
    Applies applies = Applies::Restart;
    std::optional<Condition> visibleWhen;
    bool secret = false; ///< the value is never printed

    std::function<Value(const AgentConfig &)> get;
    std::function<void(AgentConfig &, const Value &)> set; ///< only with a checked value

    FACETRACK_EXPORT std::string name() const; ///< the key without its group: "min_neighbors"
};

/// The items of a list: "a, b" is a and b.
FACETRACK_EXPORT std::vector<std::string> listItems(std::string_view text);

/// What is accepted, in words: "a number from 1.01 to 2", "one of: haar".
FACETRACK_EXPORT std::string limits(const Parameter &parameter);

/// A value for people: text with its unit; "(secret)" for a secret that is set.
FACETRACK_EXPORT std::string display(const Parameter &parameter, const Value &value);

// The ways in (TOML is read by loadToml()). A refusal is an Error with `where` = key, `message`
// with the given value and `advice` = limits().
/// From command-line text: "on" and "1" are true as well, "[30, 30]" is a size.
FACETRACK_EXPORT Result<Value> parse(const Parameter &parameter, std::string_view text);
/// From a request, where types must be right: "3" is no number.
FACETRACK_EXPORT Result<Value> parseJson(const Parameter &parameter, const nlohmann::json &json);

} // namespace facetrack
