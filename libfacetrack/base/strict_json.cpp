#include "libfacetrack/base/strict_json.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace facetrack {

namespace {

using Json = nlohmann::json;

/// Builds the value from the parser's events; an event answered false ends the parsing.
class StrictBuilder
{
public:
    explicit StrictBuilder(std::size_t depth) : m_depth(depth) {}

    bool null() { return add(nullptr); }
    bool boolean(bool value) { return add(value); }
    bool number_integer(Json::number_integer_t value) { return add(value); }
    bool number_unsigned(Json::number_unsigned_t value) { return add(value); }
    bool number_float(Json::number_float_t value, const std::string &) { return add(value); }
    bool string(std::string &value) { return add(std::move(value)); }
    bool binary(Json::binary_t &) { return false; } // never in a text

    bool start_object(std::size_t) { return open(Json::object()); }
    bool key(std::string &name)
    {
        m_key = std::move(name);
        if (!m_open.back()->contains(m_key))
            return true;
        m_error = "the key \"" + m_key.substr(0, 40) + "\" comes twice";
        return false;
    }
    bool end_object() { return close(); }
    bool start_array(std::size_t) { return open(Json::array()); }
    bool end_array() { return close(); }

    bool parse_error(std::size_t position, const std::string &, const Json::exception &failure)
    {
        // The library's words end with what it read last, which may be long.
        const std::string_view words = failure.what();
        m_error = "no JSON at byte " + std::to_string(position);
        if (const auto said = words.find("; last read"); said != words.npos) {
            const auto from = words.rfind(": ", said);
            m_error += from == words.npos ? "" : std::string(words.substr(from, said - from));
        }
        return false;
    }

    Json take() { return std::move(m_root); }
    const std::string &error() const { return m_error; }

private:
    template<typename T>
    bool add(T &&value)
    {
        place(Json(std::forward<T>(value)));
        return true;
    }

    Json *place(Json value)
    {
        if (m_open.empty()) {
            m_root = std::move(value);
            return &m_root;
        }
        Json &parent = *m_open.back();
        if (parent.is_array()) {
            parent.push_back(std::move(value));
            return &parent.back();
        }
        return &(parent[m_key] = std::move(value));
    }

    bool open(Json container)
    {
        if (m_open.size() == m_depth) {
            m_error = "nested deeper than " + std::to_string(m_depth);
            return false;
        }
        m_open.push_back(place(std::move(container)));
        return true;
    }

    bool close()
    {
        m_open.pop_back();
        return true;
    }

    const std::size_t m_depth;
    Json m_root;
    std::vector<Json *> m_open; ///< grows only while what it points to stays where it is
    std::string m_key;
    std::string m_error;
};

} // namespace

Result<Json> parseStrictJson(std::string_view text, std::size_t depth)
{
    // The library takes a NUL for the end and what follows for nothing.
    if (const auto nul = text.find('\0'); nul != text.npos)
        return fail(ErrorCode::InvalidArgument, {}, "no JSON at byte " + std::to_string(nul + 1));
    StrictBuilder builder(depth);
    if (!Json::sax_parse(text.begin(), text.end(), &builder))
        return fail(ErrorCode::InvalidArgument, {}, builder.error());
    return builder.take();
}

} // namespace facetrack
