#include "libfacetrack/detect/model_file.h"

#include "libfacetrack/config/schema.h"
#include "libfacetrack/detect/search_path.h"

#include <algorithm>
#include <cstdlib>

namespace facetrack {

namespace fs = std::filesystem;

namespace {

/// A folder of the XDG base directory specification: the variable, or its place in HOME.
fs::path xdgFolder(const char *variable, const char *inHome)
{
    if (const char *given = std::getenv(variable); given && *given == '/')
        return given;
    const char *home = std::getenv("HOME");
    return home && *home ? fs::path(home) / inHome : fs::path();
}

} // namespace

std::vector<fs::path> modelFolders()
{
    std::vector<fs::path> folders = foldersFrom("FACETRACK_MODEL_PATH");
    for (const fs::path &state : foldersFrom("STATE_DIRECTORY"))
        folders.push_back(state / "models");
    const auto add = [&](const fs::path &base) {
        if (!base.empty())
            folders.push_back(base / "facetrack" / "models");
    };
    add(xdgFolder("XDG_STATE_HOME", ".local/state"));
    add(xdgFolder("XDG_DATA_HOME", ".local/share"));
    std::vector<fs::path> shared = foldersFrom("XDG_DATA_DIRS");
    if (shared.empty())
        shared = {"/usr/local/share", "/usr/share"};
    std::for_each(shared.begin(), shared.end(), add);
    return folders;
}

Result<fs::path> findModel(const std::string &name)
{
    return findFile(name, modelFolders(), "detect.yunet.model", "model",
                    "README.md says where to get it; put it in one of these folders, or name a "
                    "file with its whole path");
}

std::vector<Choice> modelChoices()
{
    std::vector<Choice> choices;
    const std::vector<Choice> &known = find("detect.yunet.model")->choices;
    for (const std::string &name : filesIn(modelFolders(), ".onnx")) {
        const auto about = std::find_if(known.begin(), known.end(), [&](const Choice &choice) {
            return choice.value == name;
        });
        choices.push_back(about != known.end() ? *about
                                               : Choice{name, "a model in this agent's folders"});
    }
    return choices;
}

} // namespace facetrack
