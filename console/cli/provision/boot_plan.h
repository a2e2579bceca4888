#pragma once
#include "console/cli/provision/boot_files.h"
#include "console/cli/provision/boot_place.h"

#include <string>
#include <vector>

namespace facetrack::cli {

/// What has to be done to a card's boot partition.
struct BootPlan
{
    enum class Act { Write, Change, Keep, Remove };
    struct Step
    {
        Act act;
        BootFile file;
    };
    std::vector<Step> steps;
    /// The card was started with just these settings: the token is on the Pi already and not written again.
    bool started = false;

    bool isDone() const; ///< nothing is to be written or removed
    std::uintmax_t bytes() const; ///< that are to be written
};

/// Holds the files against what is there; what else is in facetrack/ goes.
Result<BootPlan> planBoot(BootPlace &place, std::vector<BootFile> files);

/// Does it, the files that start everything last: a card that is pulled out too early starts as before.
Result<void> carryOut(BootPlace &place, const BootPlan &plan);

/// Which form a card's system takes. `asked` is "auto", "cloud-init" or "custom-toml".
Result<BootForm> bootForm(BootPlace &place, const std::string &asked);

} // namespace facetrack::cli
