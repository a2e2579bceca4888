// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace facetrack::http {

/// RFC 4648 section 5 without padding, as tokens use it.
std::string toBase64Url(std::string_view bytes);

/// Empty optional for anything that toBase64Url() would not have written: one text, one meaning.
std::optional<std::string> fromBase64Url(std::string_view text);

} // namespace facetrack::http
