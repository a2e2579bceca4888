#pragma once
#include <string>
#include <tl/expected.hpp>

namespace facetrack::cli {

/// Asks a person on the terminal, unless they have said yes before. Otherwise an exit status: refused,
/// or that there is nobody to ask, with `advice` then.
tl::expected<void, int> confirm(const std::string &question, bool yes,
                                const std::string &advice = "--yes says it beforehand, --dry-run only shows it");

} // namespace facetrack::cli
