// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fake_cratedb/table.h"

#include "tests/fake_cratedb/utf8.h"

#include <algorithm>
#include <bit>

namespace fake {

namespace {

/// MurmurHash3 of the UTF-16 text, by which rows are routed to shards.
std::uint32_t murmur3(const std::u16string &text)
{
    const auto mix = [](std::uint32_t k) { return std::rotl(k * 0xcc9e2d51u, 15) * 0x1b873593u; };
    std::uint32_t hash = 0;
    std::size_t i = 0;
    for (; i + 1 < text.size(); i += 2) {
        const std::uint32_t block = static_cast<std::uint32_t>(text[i])
            | (static_cast<std::uint32_t>(text[i + 1]) << 16);
        hash = std::rotl(hash ^ mix(block), 13) * 5 + 0xe6546b64u;
    }
    if (i < text.size())
        hash ^= mix(text[i]);
    hash ^= static_cast<std::uint32_t>(text.size() * 2);
    hash = (hash ^ (hash >> 16)) * 0x85ebca6bu;
    hash = (hash ^ (hash >> 13)) * 0xc2b2ae35u;
    return hash ^ (hash >> 16);
}

} // namespace

int shardOf(const std::string &routing, int shards)
{
    // A table is laid out so that it could be split up to about 1024 times.
    const int bits = shards > 1 ? std::bit_width(static_cast<unsigned>(shards - 1)) : 0;
    const int factor = 1 << std::max(1, 10 - bits);
    const auto hash = static_cast<std::int32_t>(murmur3(toUtf16(routing)));
    const int slots = shards * factor;
    return ((hash % slots) + slots) % slots / factor;
}

int Table::column(const std::string &which) const
{
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].name == which)
            return static_cast<int>(i);
    }
    return -1;
}

bool Table::isKey(int index) const
{
    return std::find(primaryKey.begin(), primaryKey.end(), index) != primaryKey.end();
}

std::string Table::replicas() const
{
    const auto found = settings.find("number_of_replicas");
    if (found == settings.end())
        return "0-1";
    return found->second.is_string() ? found->second.get<std::string>() : found->second.dump();
}

std::vector<std::string> Table::keyNames() const
{
    std::vector<std::string> names;
    for (const int index : primaryKey)
        names.push_back(columns[static_cast<std::size_t>(index)].name);
    return names;
}

} // namespace fake
