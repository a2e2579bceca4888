#include "libfacetrack/detect/cascade_file.h"

#include "libfacetrack/config/schema.h"
#include "libfacetrack/detect/search_path.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace facetrack {

namespace fs = std::filesystem;

namespace {

/// What opencv-data brings besides faces: whoever wants one of these can still name it.
constexpr std::array<std::string_view, 9> notFaces{
    "_eye", "_lefteye", "_righteye", "catface", "body", "_licence", "_russian", "_smile",
    "silverware"};

bool isForFaces(const std::string &name)
{
    return std::none_of(notFaces.begin(), notFaces.end(), [&](std::string_view part) {
        return name.find(part) != std::string::npos;
    });
}

} // namespace

std::vector<fs::path> cascadeFolders()
{
    std::vector<fs::path> folders = foldersFrom("FACETRACK_CASCADE_PATH");
    for (const char *version : {"opencv4", "opencv5", "opencv"})
        for (const char *kind : {"haarcascades", "lbpcascades"})
            folders.push_back(fs::path("/usr/share") / version / kind);
    return folders;
}

Result<fs::path> findCascade(const std::string &name)
{
    return findFile(name, cascadeFolders(), "detect.cascade", "cascade",
                    "install the package opencv-data, or name a file with its whole path");
}

std::vector<Choice> cascadeChoices()
{
    std::vector<std::string> files = filesIn(cascadeFolders(), ".xml");
    std::vector<Choice> choices;
    for (const Choice &known : find("detect.cascade")->choices) {
        if (std::erase(files, known.value) > 0)
            choices.push_back(known);
    }
    for (const std::string &name : files) {
        if (isForFaces(name))
            choices.push_back({name, "a cascade in the folders of this machine"});
    }
    return choices;
}

} // namespace facetrack
