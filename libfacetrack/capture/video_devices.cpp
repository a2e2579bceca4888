#include "libfacetrack/capture/video_devices.h"

#include <algorithm>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace facetrack {

namespace {

namespace fs = std::filesystem;

bool isNumber(const std::string &text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

bool holdsAny(const fs::path &process, const std::vector<std::string> &devices)
{
    std::error_code failure;
    for (fs::directory_iterator it(process / "fd", failure), end; !failure && it != end;
         it.increment(failure)) {
        std::error_code unreadable;
        const std::string target = fs::read_symlink(it->path(), unreadable).string();
        if (std::find(devices.begin(), devices.end(), target) != devices.end())
            return true;
    }
    return false;
}

std::string nameOf(const fs::path &process)
{
    std::ifstream file(process / "comm");
    std::string name;
    std::getline(file, name);
    constexpr std::size_t longest = 15; // that the kernel keeps; the command line has all of it
    if (name.size() == longest) {
        std::ifstream command(process / "cmdline");
        std::string program;
        std::getline(command, program, '\0');
        const std::string whole = fs::path(program).filename().string();
        if (whole.starts_with(name))
            return whole;
    }
    return name.empty() ? "a program" : name;
}

} // namespace

std::vector<std::string> videoDevices(const fs::path &root)
{
    std::vector<std::string> names;
    std::error_code failure;
    for (fs::directory_iterator it(root / "dev", failure), end; !failure && it != end;
         it.increment(failure)) {
        const std::string name = it->path().filename().string();
        if ((name.starts_with("video") || name.starts_with("media")) && isNumber(name.substr(5)))
            names.push_back("/dev/" + name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string videoDevicesStamp(const fs::path &root)
{
    std::string stamp;
    for (const std::string &name : videoDevices(root)) {
        struct stat now{};
        if (::stat((root / name.substr(1)).c_str(), &now) != 0)
            continue;
        stamp += name + ' ' + std::to_string(now.st_rdev) + ' ' + std::to_string(now.st_ino) + ' '
                 + std::to_string(now.st_ctim.tv_sec) + '.' + std::to_string(now.st_ctim.tv_nsec)
                 + '\n';
    }
    return stamp;
}

std::vector<std::string> holdersOf(const std::vector<std::string> &devices, const fs::path &root)
{
    std::vector<std::string> holders;
    if (devices.empty())
        return holders;
    const std::string own = std::to_string(::getpid());
    std::error_code failure;
    for (fs::directory_iterator it(root / "proc", failure), end; !failure && it != end;
         it.increment(failure)) {
        const std::string id = it->path().filename().string();
        if (isNumber(id) && id != own && holdsAny(it->path(), devices))
            holders.push_back(nameOf(it->path()) + " (process " + id + ")");
    }
    std::sort(holders.begin(), holders.end());
    return holders;
}

std::string busyWords(const std::vector<std::string> &devices, const fs::path &root)
{
    std::string words;
    for (const std::string &holder : holdersOf(devices, root))
        words += (words.empty() ? "in use by " : ", ") + holder;
    return words.empty() ? "in use by another program, which only root can name" : words;
}

} // namespace facetrack
