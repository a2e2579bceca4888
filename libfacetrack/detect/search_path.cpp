#include "libfacetrack/detect/search_path.h"

#include <cstdlib>
#include <set>
#include <sstream>

namespace facetrack {

namespace fs = std::filesystem;

std::vector<fs::path> foldersFrom(const char *variable)
{
    std::vector<fs::path> folders;
    if (const char *given = std::getenv(variable)) {
        std::istringstream list(given);
        for (std::string folder; std::getline(list, folder, ':');)
            if (!folder.empty())
                folders.emplace_back(folder);
    }
    return folders;
}

Result<fs::path> findFile(const std::string &name, const std::vector<fs::path> &folders,
                          const std::string &where, const std::string &what,
                          const std::string &advice)
{
    std::error_code ignored;
    if (name.find('/') != std::string::npos) {
        if (fs::is_regular_file(name, ignored))
            return fs::path(name);
        return fail(ErrorCode::NotFound, where, "there is no file " + name, advice);
    }
    std::string searched;
    for (const fs::path &folder : folders) {
        if (!name.empty() && fs::is_regular_file(folder / name, ignored))
            return folder / name;
        searched += (searched.empty() ? "" : ", ") + folder.string();
    }
    return fail(ErrorCode::NotFound, where,
                "there is no " + what + " \"" + name + "\" in " + searched, advice);
}

std::vector<std::string> filesIn(const std::vector<fs::path> &folders, const std::string &extension)
{
    std::set<std::string> names;
    for (const fs::path &folder : folders) {
        std::error_code ignored;
        for (fs::directory_iterator entry(folder, ignored), end; entry != end;
             entry.increment(ignored)) {
            if (entry->path().extension() == extension && entry->is_regular_file(ignored))
                names.insert(entry->path().filename().string());
        }
    }
    return {names.begin(), names.end()};
}

} // namespace facetrack
