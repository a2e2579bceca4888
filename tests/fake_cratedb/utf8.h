// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace fake {

bool isUtf8(std::string_view text);
void appendUtf8(std::string &out, char32_t point);
/// The text with every byte that is not UTF-8 replaced, as an error echoes a body.
std::string replaceInvalidUtf8(std::string_view text);
std::u16string toUtf16(std::string_view text);

} // namespace fake
