// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/utf8.h"

namespace fake {

namespace {

struct Decoded
{
    char32_t point;
    std::size_t bytes; ///< 0 when the bytes are not UTF-8
};

Decoded decode(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80)
        return {lead, 1};
    const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < bytes)
        return {0, 0};
    char32_t point = lead & (0x7fu >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xc0) != 0x80)
            return {0, 0};
        point = (point << 6) | (byte(i) & 0x3fu);
    }
    static constexpr char32_t Least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < Least[bytes] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
        return {0, 0};
    return {point, bytes};
}

} // namespace

bool isUtf8(std::string_view text)
{
    while (!text.empty()) {
        const Decoded decoded = decode(text);
        if (decoded.bytes == 0)
            return false;
        text.remove_prefix(decoded.bytes);
    }
    return true;
}

void appendUtf8(std::string &out, char32_t point)
{
    const auto put = [&out](char32_t byte) { out += static_cast<char>(byte); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xc0 | (point >> 6));
        put(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        put(0xe0 | (point >> 12));
        put(0x80 | ((point >> 6) & 0x3f));
        put(0x80 | (point & 0x3f));
    } else {
        put(0xf0 | (point >> 18));
        put(0x80 | ((point >> 12) & 0x3f));
        put(0x80 | ((point >> 6) & 0x3f));
        put(0x80 | (point & 0x3f));
    }
}

std::string replaceInvalidUtf8(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        const Decoded decoded = decode(text);
        if (decoded.bytes == 0)
            out += "\xef\xbf\xbd";
        else
            out += text.substr(0, decoded.bytes);
        text.remove_prefix(decoded.bytes == 0 ? 1 : decoded.bytes);
    }
    return out;
}

std::u16string toUtf16(std::string_view text)
{
    std::u16string out;
    while (!text.empty()) {
        const Decoded decoded = decode(text);
        const char32_t point = decoded.bytes == 0 ? 0xfffd : decoded.point;
        if (point < 0x10000) {
            out += static_cast<char16_t>(point);
        } else {
            out += static_cast<char16_t>(0xd800 + ((point - 0x10000) >> 10));
            out += static_cast<char16_t>(0xdc00 + ((point - 0x10000) & 0x3ff));
        }
        text.remove_prefix(decoded.bytes == 0 ? 1 : decoded.bytes);
    }
    return out;
}

} // namespace fake
