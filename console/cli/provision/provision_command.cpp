#include "console/cli/provision/provision.h"

namespace facetrack::cli {

namespace {

/// What only makes sense in the other way is not passed over in silence.
Result<void> checkWay(const ProvisionOptions &options)
{
    if (options.boot.empty() == options.hosts.empty())
        return fail(ErrorCode::InvalidArgument, "provision", "needs a card or running Pis",
                    "--boot FOLDER-OR-IMAGE, or --ssh HOST…");
    if (!options.boot.empty())
        return {};
    const bool card = !options.hostname.empty() || !options.sshKey.empty() || !options.timezone.empty()
        || !options.wifiSsid.empty() || !options.wifiPasswordFile.empty() || !options.wifiCountry.empty()
        || options.wifiOpen || options.wifiHidden;
    if (card)
        return fail(ErrorCode::InvalidArgument, "--ssh",
                    "host name, Wi-Fi, time zone and keys are set on a card only, with --boot");
    if (options.hosts.size() > 1 && !options.agentName.empty())
        return fail(ErrorCode::InvalidArgument, "--agent-name", "is for one Pi at a time");
    return {};
}

} // namespace

int provisionCommand(const CommonOptions &common, const ProvisionOptions &options)
{
    if (auto good = checkWay(options); !good)
        return refuse(good.error());
    return options.boot.empty() ? provisionHosts(common, options) : provisionCard(common, options);
}

} // namespace facetrack::cli
