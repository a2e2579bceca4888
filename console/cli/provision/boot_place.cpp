#include "console/cli/provision/boot_place.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace facetrack::cli {

namespace {

bool isKernelOrFirmware(const std::string &name)
{
    return (name.starts_with("start") && name.ends_with(".elf"))
        || (name.starts_with("kernel") && name.ends_with(".img"))
        || (name.starts_with("bcm27") && name.ends_with(".dtb"));
}

Result<void> checkIsPi(BootPlace &place, const std::string &where)
{
    const auto names = place.list({});
    if (!names)
        return tl::unexpected(names.error());
    std::string missing;
    for (const char *needed : {"config.txt", "cmdline.txt"}) {
        if (std::find(names->begin(), names->end(), needed) == names->end())
            missing += (missing.empty() ? "" : " and no ") + std::string(needed);
    }
    if (missing.empty() && std::none_of(names->begin(), names->end(), isKernelOrFirmware))
        missing = "kernel*.img, start*.elf or bcm27*.dtb";
    if (missing.empty())
        return {};
    return fail(ErrorCode::InvalidArgument, where, "is no boot partition of a Raspberry Pi: there is no " + missing,
                "write Raspberry Pi OS to the card first, and name the small partition that a computer shows "
                "(bootfs); nothing was written");
}

} // namespace

Result<std::unique_ptr<BootPlace>> openBoot(const std::string &where)
{
    std::error_code failed;
    const auto status = std::filesystem::status(where, failed);
    if (!std::filesystem::exists(status))
        return fail(ErrorCode::NotFound, where, "does not exist", "--boot FOLDER, or an image or device of a card");
    auto place = std::filesystem::is_directory(status) ? openFolder(where) : openImage(where);
    if (!place)
        return place;
    if (auto checked = checkIsPi(**place, where); !checked)
        return tl::unexpected(checked.error());
    return place;
}

} // namespace facetrack::cli
