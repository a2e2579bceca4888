// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/fake_cratedb/data_type.h"
#include "tests/fake_cratedb/database.h"
#include "tests/fake_cratedb/json_tape.h"

#include <deque>
#include <string>

namespace fake {

/// Keeps texts made on the way until the request is done, and their memory for the next one.
class TextArena
{
public:
    std::string &make()
    {
        if (m_used == m_texts.size())
            m_texts.emplace_back();
        m_texts[m_used].clear();
        return m_texts[m_used++];
    }
    void reuse() { m_used = 0; }

private:
    std::deque<std::string> m_texts;
    std::size_t m_used = 0;
};

/// The value as stored in a column of `type`. A value that does not cast throws, which refuses the
/// whole request; `problem` gets what refuses only this row (an unknown key in a STRICT object).
Cell castValue(JsonRef value, const DataType &type, const std::string &column, TextArena &arena,
    std::string &problem);

/// "Cannot cast value `…` to type `…`".
[[noreturn]] void failCast(std::string_view value, const DataType &type);

/// As a JSON number that says that it is not an integer; `single` gives a float's shortest digits.
void appendReal(std::string &out, double value, bool single);

} // namespace fake
