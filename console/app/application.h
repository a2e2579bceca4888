#pragma once

namespace facetrack::console {

/// The whole program; the exit status.
int runConsole(int argc, char **argv);

} // namespace facetrack::console
