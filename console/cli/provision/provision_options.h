#pragma once
#include "console/cli/provision/provision.h"

namespace CLI {
class App;
}

namespace facetrack::cli {

/// The options of `facetrack provision`.
void addProvisionOptions(CLI::App &command, ProvisionOptions &options);

} // namespace facetrack::cli
