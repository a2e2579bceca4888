#include "console/cli/provision/confirm.h"

#include "console/cli/commands.h"

#include <cstdio>
#include <unistd.h>

namespace facetrack::cli {

tl::expected<void, int> confirm(const std::string &question, bool yes, const std::string &advice)
{
    if (yes)
        return {};
    if (!::isatty(STDIN_FILENO))
        return tl::unexpected(refuse({ErrorCode::InvalidArgument, {}, "nobody is here to ask: " + question, advice}));
    std::fprintf(stderr, "%s [y/N] ", question.c_str());
    const int answer = std::getchar();
    if (answer == 'y' || answer == 'Y' || answer == 'j' || answer == 'J')
        return {};
    std::fputs("Nothing was done\n", stderr);
    return tl::unexpected(ExitInterrupted);
}

} // namespace facetrack::cli
