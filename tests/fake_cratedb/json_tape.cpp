// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/json_tape.h"

#include "tests/fake_cratedb/utf8.h"

#include <array>

namespace fake {

namespace {

constexpr int MaxDepth = 200;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

int hexValue(char c)
{
    if (isDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

char32_t hex4(const char *at)
{
    char32_t value = 0;
    for (int i = 0; i < 4; ++i)
        value = value * 16 + static_cast<char32_t>(hexValue(at[i]));
    return value;
}

char simpleEscape(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c;
    }
}

} // namespace

bool JsonTape::parse(std::string_view text)
{
    m_nodes.clear();
    m_nodes.reserve(text.size() / 8); // what rows of numbers and short texts come to
    m_at = text.data();
    m_end = m_at + text.size();
    skipSpace();
    if (!value(0))
        return false;
    skipSpace();
    return m_at == m_end;
}

void JsonTape::skipSpace()
{
    while (m_at < m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\t' || *m_at == '\r'))
        ++m_at;
}

bool JsonTape::value(int depth)
{
    if (m_at == m_end || depth > MaxDepth)
        return false;
    switch (*m_at) {
    case '"':
        return string();
    case '[':
        return container(JsonKind::Array, ']', depth);
    case '{':
        return container(JsonKind::Object, '}', depth);
    case 'n':
        return literal("null", JsonKind::Null);
    case 't':
        return literal("true", JsonKind::True);
    case 'f':
        return literal("false", JsonKind::False);
    default:
        return number();
    }
}

bool JsonTape::container(JsonKind kind, char close, int depth)
{
    const std::size_t index = m_nodes.size();
    const char *begin = m_at++;
    m_nodes.push_back({kind, false, 0, 0, {}});
    std::uint32_t count = 0;
    skipSpace();
    while (!at(close)) {
        if (count > 0) {
            if (!at(','))
                return false;
            ++m_at;
            skipSpace();
        }
        if (kind == JsonKind::Object) {
            if (!at('"') || !string())
                return false;
            skipSpace();
            if (!at(':'))
                return false;
            ++m_at;
            skipSpace();
        }
        if (!value(depth + 1))
            return false;
        ++count;
        skipSpace();
    }
    ++m_at;
    m_nodes[index].count = count;
    m_nodes[index].next = static_cast<std::uint32_t>(m_nodes.size());
    m_nodes[index].text = {begin, static_cast<std::size_t>(m_at - begin)};
    return true;
}

bool JsonTape::string()
{
    const char *begin = ++m_at;
    bool escaped = false;
    bool ascii = true;
    for (; m_at < m_end && *m_at != '"'; ++m_at) {
        const auto byte = static_cast<unsigned char>(*m_at);
        if (byte < 0x20)
            return false;
        ascii = ascii && byte < 0x80;
        if (byte != '\\')
            continue;
        escaped = true;
        if (++m_at == m_end)
            return false;
        if (*m_at == 'u') {
            for (int i = 1; i <= 4; ++i) {
                if (m_end - m_at <= i || hexValue(m_at[i]) < 0)
                    return false;
            }
            m_at += 4;
        } else if (std::string_view("\"\\/bfnrt").find(*m_at) == std::string_view::npos) {
            return false;
        }
    }
    if (m_at == m_end)
        return false;
    const std::string_view text(begin, static_cast<std::size_t>(m_at - begin));
    ++m_at;
    if (!ascii && !isUtf8(text))
        return false;
    const auto next = static_cast<std::uint32_t>(m_nodes.size() + 1);
    m_nodes.push_back({JsonKind::String, escaped, 0, next, text});
    return true;
}

bool JsonTape::number()
{
    const char *begin = m_at;
    JsonKind kind = JsonKind::Integer;
    if (at('-'))
        ++m_at;
    const auto digits = [this] {
        const char *from = m_at;
        while (m_at < m_end && isDigit(*m_at))
            ++m_at;
        return m_at > from;
    };
    if (!digits())
        return false;
    if (at('.')) {
        kind = JsonKind::Float;
        ++m_at;
        if (!digits())
            return false;
    }
    if (at('e') || at('E')) {
        kind = JsonKind::Float;
        ++m_at;
        if (at('+') || at('-'))
            ++m_at;
        if (!digits())
            return false;
    }
    const auto next = static_cast<std::uint32_t>(m_nodes.size() + 1);
    m_nodes.push_back({kind, false, 0, next, {begin, static_cast<std::size_t>(m_at - begin)}});
    return true;
}

bool JsonTape::literal(std::string_view word, JsonKind kind)
{
    if (!std::string_view(m_at, static_cast<std::size_t>(m_end - m_at)).starts_with(word))
        return false;
    const auto next = static_cast<std::uint32_t>(m_nodes.size() + 1);
    m_nodes.push_back({kind, false, 0, next, {m_at, word.size()}});
    m_at += word.size();
    return true;
}

std::string JsonRef::string() const
{
    const std::string_view raw = text();
    if (!escaped())
        return std::string(raw);
    std::string out;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\') {
            out += raw[i];
            continue;
        }
        if (raw[++i] != 'u') {
            out += simpleEscape(raw[i]);
            continue;
        }
        char32_t point = hex4(raw.data() + i + 1);
        i += 4;
        const bool high = point >= 0xd800 && point < 0xdc00;
        if (high && raw.size() > i + 6 && raw[i + 1] == '\\' && raw[i + 2] == 'u') {
            point = 0x10000 + ((point - 0xd800) << 10) + (hex4(raw.data() + i + 3) - 0xdc00);
            i += 6;
        }
        appendUtf8(out, point);
    }
    return out;
}

void appendJsonString(std::string &out, std::string_view text)
{
    static constexpr std::string_view Hex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += Hex[byte >> 4];
            out += Hex[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

} // namespace fake
