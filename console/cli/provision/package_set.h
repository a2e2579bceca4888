#pragma once
#include "libfacetrack/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace facetrack::cli {

/// A Debian package, as its file's name tells: NAME_VERSION_ARCHITECTURE.deb.
struct DebFile
{
    std::filesystem::path file;
    std::string name, version, architecture;
    std::uintmax_t bytes = 0;
};

/// Where a Pi's packages come from: files that are copied there, or an apt source.
struct PackageSet
{
    std::vector<DebFile> files; ///< in order of their names
    std::string source;         ///< facetrack.sources of apt (deb822); empty: none
    std::string sourceKey;      ///< facetrack.asc, which signs it; public
    std::vector<std::string> more; ///< names of further packages, which come from the source

    bool empty() const { return files.empty() && source.empty(); }
};

/// `from`: a folder of .debs, of which an agent's machine gets the agent, the library, the fleet command and
/// what `more` names; or "URL [SUITE COMPONENT…]". Empty gives none. An apt source needs the file of its
/// `key`, unless it is said to be `unsignedSource`.
Result<PackageSet> packageSet(const std::string &from, const std::string &key, bool unsignedSource,
                              const std::vector<std::string> &more = {});

/// Those for one architecture, such as "arm64", and those for all.
std::vector<DebFile> fitting(const std::vector<DebFile> &files, const std::string &architecture);

std::uintmax_t bytesOf(const std::vector<DebFile> &files);

/// "12.4 MB", "620 kB".
std::string sizeText(std::uintmax_t bytes);

} // namespace facetrack::cli
