#include "libfacetrack/detect/cascade_file.h"

#include <cstdlib>
#include <sstream>

namespace facetrack {

namespace fs = std::filesystem;

std::vector<fs::path> cascadeFolders()
{
    std::vector<fs::path> folders;
    if (const char *own = std::getenv("FACETRACK_CASCADE_PATH")) {
        std::istringstream list(own);
        for (std::string folder; std::getline(list, folder, ':');)
            if (!folder.empty())
                folders.emplace_back(folder);
    }
    for (const char *version : {"opencv4", "opencv5", "opencv"})
        for (const char *kind : {"haarcascades", "lbpcascades"})
            folders.push_back(fs::path("/usr/share") / version / kind);
    return folders;
}

Result<fs::path> findCascade(const std::string &name)
{
    std::error_code ignored;
    if (name.find('/') != std::string::npos) {
        if (fs::is_regular_file(name, ignored))
            return fs::path(name);
        return fail(ErrorCode::NotFound, "detect.cascade", "there is no file " + name);
    }
    std::string searched;
    for (const fs::path &folder : cascadeFolders()) {
        if (!name.empty() && fs::is_regular_file(folder / name, ignored))
            return folder / name;
        searched += (searched.empty() ? "" : ", ") + folder.string();
    }
    return fail(ErrorCode::NotFound, "detect.cascade",
                "there is no cascade \"" + name + "\" in " + searched,
                "install the package opencv-data, or name a file with its whole path");
}

} // namespace facetrack
