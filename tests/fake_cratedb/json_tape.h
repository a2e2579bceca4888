// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fake {

enum class JsonKind : std::uint8_t { Null, False, True, Integer, Float, String, Array, Object };

struct JsonNode
{
    JsonKind kind;
    bool escaped;          ///< a string with backslashes in it
    std::uint32_t count;   ///< of an array's elements or an object's pairs
    std::uint32_t next;    ///< the node after this one and all inside it
    std::string_view text; ///< as sent: a string without its quotes, anything else entire
};

/// A JSON text taken apart without copying: a flat list of nodes that point into it. A bulk request
/// is a few thousand rows, of which a tree of allocated values would cost more than storing them.
/// Thread-bound; the text must outlive it.
class JsonTape
{
public:
    /// False when the text is not exactly one JSON value in UTF-8.
    bool parse(std::string_view text);
    const JsonNode &node(std::uint32_t index) const { return m_nodes[index]; }

private:
    bool value(int depth);
    bool container(JsonKind kind, char close, int depth);
    bool string();
    bool number();
    bool literal(std::string_view word, JsonKind kind);
    void skipSpace();
    bool at(char c) const { return m_at < m_end && *m_at == c; }

    std::vector<JsonNode> m_nodes;
    const char *m_at = nullptr;
    const char *m_end = nullptr;
};

/// One value on a tape.
class JsonRef
{
public:
    JsonRef() = default;
    JsonRef(const JsonTape &tape, std::uint32_t index) : m_tape(&tape), m_index(index) {}

    JsonKind kind() const { return node().kind; }
    std::string_view text() const { return node().text; }
    std::uint32_t count() const { return node().count; }
    bool isString() const { return kind() == JsonKind::String; }
    bool escaped() const { return node().escaped; }
    /// A string's text with its escapes resolved.
    std::string string() const;
    JsonRef first() const { return {*m_tape, m_index + 1}; }
    JsonRef next() const { return {*m_tape, node().next}; }

private:
    const JsonNode &node() const { return m_tape->node(m_index); }

    const JsonTape *m_tape = nullptr;
    std::uint32_t m_index = 0;
};

/// Appends `text` as a JSON string with its quotes.
void appendJsonString(std::string &out, std::string_view text);

} // namespace fake
