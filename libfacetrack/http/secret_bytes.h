// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace facetrack::http {

/// From the generator for keys. Throws std::runtime_error where the system has none.
std::string randomBytes(std::size_t count);

/// SHA-256, 32 bytes.
std::string digestOf(std::string_view bytes);

/// Equal or not, in a time that says nothing about where they differ, nor how long `b` is.
bool sameSecret(std::string_view a, std::string_view b);

} // namespace facetrack::http
